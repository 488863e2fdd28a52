"""Twins: the same application over stock Flask and over the fast path, and the same requests to both.

A ``Plan`` says what an application is made of, a ``Call`` what a request is made of, a ``Change`` what happens
between requests. ``Twin`` makes the application and tells all that can be seen of a request: status, headers, body,
what hooks, signals and the log said and in which order, and what is left on the context stack.
"""

import logging
from collections.abc import Iterable
from contextlib import ExitStack
from contextvars import Context
from copy import deepcopy
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import flask
import pytest
from blinker import Signal
from flask import Flask, signals
from flask.ctx import AppContext, RequestContext
from flask.globals import _cv_app, _cv_request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionInterface
from jinja2 import DictLoader
from twin_views import TEMPLATE, after_acts, hook_acts, views
from werkzeug.routing import BaseConverter, Map, MapAdapter, Rule

SIGNALS = (
    "appcontext_pushed", "request_started", "before_render_template", "template_rendered", "got_request_exception",
    "request_finished", "request_tearing_down", "appcontext_tearing_down", "appcontext_popped", "message_flashed",
)  # fmt: skip


@dataclass(frozen=True)
class Route:
    """A rule and the name of its view."""

    rule: str
    view: str
    methods: tuple[str, ...] | None = None
    options: tuple[tuple[str, Any], ...] = ()
    blueprint: str = ""


@dataclass(frozen=True)
class Plan:
    """What an application is made of."""

    routes: tuple[Route, ...]
    config: tuple[tuple[str, Any], ...] = ()
    hooks: tuple[tuple[str, str, str], ...] = ()  # place, blueprint, act
    handlers: tuple[tuple[Any, str, str], ...] = ()  # what for, blueprint, act
    signals: tuple[str, ...] = ()
    overrides: tuple[str, ...] = ()
    sessions: str = ""
    host_matching: bool = False
    subdomain_matching: bool = False


@dataclass(frozen=True)
class Call:
    """What a request is made of.

    Attributes:
        cookie: Text; "last" is for the session that came last.
        changes: Changes to the environment; None as value takes the key away.
    """

    method: str = "GET"
    path: str = "/"
    query: str = ""
    host: str = "example.com"
    script: str = ""
    scheme: str = "http"
    cookie: str = ""
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()
    changes: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Change:
    """What happens to an application between two requests."""

    what: str
    value: Any = None


@dataclass
class Seen:
    """What was to be seen of a request."""

    raised: str = ""
    started: list[Any] = field(default_factory=list)
    body: bytes = b""
    log: list[str] = field(default_factory=list)
    left: list[Any] = field(default_factory=list)


class Reverse(BaseConverter):
    """A converter that looks at the request while rules are matched."""

    regex = r"r\w+"

    def to_python(self, value: str) -> str:
        return f"{value[::-1]} {flask.session.get('n')}"


class OwnSession(SessionInterface):
    """Sessions of another kind, which log when they are opened and saved."""

    def __init__(self, log: list[str]) -> None:
        self.log = log

    def open_session(self, app: Flask, request: flask.Request) -> SecureCookieSession | None:
        self.log.append(f"open for {request.endpoint} {request.cookies.to_dict()}")
        return SecureCookieSession({"n": 40}) if "none" not in request.cookies else None

    def save_session(self, app: Flask, session: Any, response: flask.Response) -> None:
        self.log.append(f"save {dict(session)} {session.accessed} {session.modified}")
        response.headers["X-Session"] = str(len(session))


class Salted(SecureCookieSessionInterface):
    """Signed cookies with another salt."""

    salt = "pepper"


OVERRIDABLE = (
    "finalize_request", "make_response", "process_response", "preprocess_request", "dispatch_request",
    "full_dispatch_request", "do_teardown_request", "do_teardown_appcontext", "create_url_adapter", "ensure_sync",
    "request_context", "app_context", "update_template_context", "handle_user_exception", "handle_exception",
    "make_default_options_response", "raise_routing_exception",
)  # fmt: skip


# Stock code that a monitoring agent may patch, and that a plain request goes through.
PATCHABLE: tuple[tuple[type, str], ...] = (
    *((Flask, name) for name in OVERRIDABLE if name in vars(Flask)),
    *((RequestContext, name) for name in ("__init__", "push", "match_request", "pop")),
    *((AppContext, name) for name in ("__init__", "push", "pop")),
    *((flask.Request, name) for name in ("__init__", "close")),
    *((flask.Response, name) for name in ("__init__", "set_data", "__call__", "get_wsgi_headers", "close")),
    *((SecureCookieSessionInterface, name) for name in ("open_session", "make_null_session", "save_session")),
    (Map, "bind_to_environ"),
    (MapAdapter, "match"),
)  # fmt: skip
# What a view may do to the application while it answers.
LATE = (
    "finalize_request", "make_response", "process_response", "do_teardown_request", "do_teardown_appcontext",
)  # fmt: skip
HOOKS = ("before_request", "after_request", "teardown_request", "teardown_appcontext")
MEDDLERS = {
    f"{change.what} {change.value}": change
    for change in (
        *(Change("on the instance", name) for name in LATE),
        *(Change("on the class", name) for name in LATE),
        *(Change("patch", (Flask, name)) for name in LATE),
        *(Change("patch", place) for place in PATCHABLE if place[1] in ("pop", "close", "__call__", "save_session")),
        *(Change("hook", name) for name in HOOKS[1:]),
        *(Change("listen", name) for name in SIGNALS[5:9]),
        Change("response"),
        Change("sessions", True),
    )
}  # fmt: skip


def with_overrides(base: type[Flask], names: Iterable[str], log: list[str]) -> type[Flask]:
    """Derive a class whose methods log, and do what they did."""

    def override(name: str) -> Any:
        def method(self: Flask, *args: Any, **kwargs: Any) -> Any:
            log.append(f"-> {name}")
            return getattr(super(derived, self), name)(*args, **kwargs)

        return method

    derived = type(base.__name__, (base,), {name: override(name) for name in names})
    return derived


class Reporter(logging.Handler):
    """Writes an application's log into the twin's."""

    def __init__(self, log: list[str]) -> None:
        super().__init__()
        self.log = log

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        self.log.append(f"log: {record.getMessage()} {error!r}")


class Twin:
    """An application that is made by a plan, over one class or another."""

    def __init__(self, base: type[Flask], plan: Plan) -> None:
        self.log: list[str] = []
        self.listening = ExitStack()
        self.patches: list[tuple[type, str]] = []
        self.patch = pytest.MonkeyPatch()
        self.answering = False
        self.app = self._make(with_overrides(base, plan.overrides, self.log), plan)
        for name in plan.signals:
            self.listen(name)

    def __enter__(self) -> "Twin":
        return self

    def __exit__(self, *error: object) -> None:
        """Listen to no signal any more: as long as anybody does, all applications send it."""
        self.listening.close()

    def _make(self, kind: type[Flask], plan: Plan) -> Flask:
        host = "example.com" if plan.host_matching else None
        app = kind(
            "twin", host_matching=plan.host_matching, static_host=host, subdomain_matching=plan.subdomain_matching,
            root_path="/nowhere",
        )  # fmt: skip
        app.config.update(deepcopy(plan.config))  # lists are changed in their place
        app.logger = logging.Logger("twin")
        app.logger.addHandler(Reporter(self.log))
        app.jinja_loader = DictLoader({"page.html": TEMPLATE})
        app.url_map.converters["reverse"] = Reverse
        app.url_map.converters["meddle"] = self._meddling_converter()
        if plan.sessions:
            app.session_interface = OwnSession(self.log) if plan.sessions == "own" else Salted()
        outer, inner = flask.Blueprint("outer", "twin"), flask.Blueprint("inner", "twin")
        owners = {"": app, "outer": outer, "inner": inner}
        self._add_hooks(plan, owners)
        self._add_routes(plan, owners)
        outer.register_blueprint(inner, url_prefix="/in")
        app.register_blueprint(outer, url_prefix="/bp")
        return app

    def _add_routes(self, plan: Plan, owners: dict[str, Any]) -> None:
        named = views(self.log) | self._meddlers()
        app = owners[""]
        if plan.host_matching:
            app.add_url_rule("/named", "named", lambda **v: "named", host="example.com")
        else:
            app.add_url_rule("/named", "named", lambda **v: "named")
        for number, route in enumerate(plan.routes):
            options = dict(route.options)
            if not plan.host_matching:
                options.pop("host", None)
            owners[route.blueprint].add_url_rule(
                route.rule, f"view{number}", named[route.view], methods=route.methods, **options
            )

    def _meddling_converter(self) -> type[BaseConverter]:
        """Return a converter that replaces a hook of the application while a rule is looked for."""

        def to_python(converter: BaseConverter, value: str) -> str:
            self.change(Change("on the instance", "dispatch_request"))
            return value

        return type("Meddle", (BaseConverter,), {"to_python": to_python})

    def _meddlers(self) -> dict[str, Any]:
        """Return the views that change the application that is answering."""

        def meddler(name: str, change: Change) -> Any:
            def view(**values: Any) -> str:
                self.change(change)
                return name

            return view

        return {name: meddler(name, change) for name, change in MEDDLERS.items()}

    def _add_hooks(self, plan: Plan, owners: dict[str, Any]) -> None:
        acts, afters = self._acts = hook_acts(self.log), after_acts(self.log)
        for number, (place, owner, act) in enumerate(plan.hooks):
            mark = f"{place} {owner} {number}"
            hook = self._hook(place, mark, acts, afters, act)
            getattr(owners[owner], place)(hook)
        for what, owner, act in plan.handlers:
            owners[owner].register_error_handler(what, self._handler(act))

    def _hook(self, place: str, mark: str, acts: Any, afters: Any, act: str) -> Any:
        log = self.log

        def before() -> Any:
            log.append(mark)
            return acts[act]() if place == "before_request" else {"extra": mark}

        def after(response: flask.Response) -> Any:
            log.append(mark)
            return afters[act](response)

        def teardown(error: BaseException | None) -> None:
            context = _cv_request.get(None)
            log.append(f"{mark} {error!r} {context is not None} {_cv_app.get().app.name}")
            if act == "fail":
                raise OSError("teardown")

        def values(endpoint: str | None, arguments: Any) -> None:
            log.append(f"{mark} {endpoint} {arguments}")
            if arguments:
                arguments.pop("lang", None)

        return {
            "after_request": after,
            "teardown_request": teardown,
            "teardown_appcontext": teardown,
            "url_value_preprocessor": values,
        }.get(place, before)

    def _handler(self, act: str) -> Any:
        def handler(error: Exception) -> Any:
            self.log.append(f"handler {error!r} {getattr(error, 'original_exception', None)!r}")
            if act == "fail":
                raise LookupError("handler")
            return (f"handled {error}", 555) if act == "answer" else error

        return handler

    def listen(self, name: str) -> None:
        """Log a signal from now on."""

        def receive(sender: Flask, **extra: Any) -> None:
            told = sorted(
                f"{key}={value!r}" for key, value in extra.items() if key in ("exc", "exception")
            )
            self.log.append(
                f"signal {name} {told} {flask.has_request_context()} {flask.has_app_context()}"
            )

        signal: Signal = getattr(signals, name)
        self.listening.enter_context(signal.connected_to(receive, self.app))

    def change(self, change: Change) -> None:
        """Change something about the application."""
        app = self.app
        if change.what == "config":
            app.config.update(deepcopy([change.value]))
        elif change.what == "trust":
            if app.config["TRUSTED_HOSTS"]:
                app.config["TRUSTED_HOSTS"][:] = change.value
        elif change.what == "listen":
            self.listen(change.value)
        elif change.what == "rule":
            options = {"host": "example.com"} if app.url_map.host_matching else {}
            app.url_map.add(Rule(change.value, endpoint="named", methods=["GET"], **options))
            app.url_map.update()
        elif change.what == "sessions":
            app.session_interface = (
                OwnSession(self.log) if change.value else SecureCookieSessionInterface()
            )
        elif change.what == "response":
            app.response_class = type(
                "Response", (flask.Response,), {"default_mimetype": "text/x-own"}
            )
        elif change.what == "request":
            app.request_class = type("Request", (flask.Request,), {"is_secure": True})
        elif change.what == "on the instance":

            def on_instance(*args: Any, **kwargs: Any) -> Any:
                self.log.append(f"instance {change.value}")
                return getattr(type(app), change.value)(app, *args, **kwargs)

            setattr(app, change.value, on_instance)
        elif change.what == "on the class":
            kind = type(app)

            def on_class(app: Flask, *args: Any, **kwargs: Any) -> Any:
                self.log.append(f"replaced {change.value}")
                return getattr(super(kind, app), change.value)(*args, **kwargs)

            setattr(kind, change.value, on_class)
        elif change.what == "patch":
            self.patches.append(change.value)
            if self.answering:
                self._patch(change.value)
        elif change.what == "hook":
            hook = self._hook(change.value, change.value, *self._acts, "nothing")
            functions = getattr(app, f"{change.value}_funcs")
            if change.value == "teardown_appcontext":
                functions.append(hook)
            else:
                functions.setdefault(None, []).append(hook)

    def _patch(self, place: tuple[type, str]) -> None:
        """Patch stock code, as a monitoring agent does, until the request is done."""
        owner, name = place
        stock = getattr(owner, name)

        def patched(*args: Any, **kwargs: Any) -> Any:
            self.log.append(f"replaced {name}")
            return stock(*args, **kwargs)

        self.patch.setattr(owner, name, patched)

    def see(self, environ: dict[str, Any]) -> Seen:
        """Make a request, and tell all that can be seen of it."""
        return Context().run(self._see, environ)  # none of what other tests have left

    def _see(self, environ: dict[str, Any]) -> Seen:
        seen = Seen()

        def start_response(status: str, headers: list[Any], exc_info: Any = None) -> None:
            seen.started.append((status, list(headers)))
            headers.append(("X-Server", "a server may do that"))

        for place in self.patches:
            self._patch(place)
        self.answering = True
        self.log.clear()
        try:
            result = self.app(environ, start_response)
            try:
                seen.body = b"".join(result)
            finally:
                if hasattr(result, "close"):
                    result.close()
        except BaseException as error:
            seen.raised = f"{type(error).__name__}: {error}"
        finally:
            self.answering = False
            self.patch.undo()
        seen.log = list(self.log)
        seen.left = [type(variable.get(None)).__name__ for variable in (_cv_app, _cv_request)]
        seen.left += [type(environ.get("werkzeug.request", "")).__name__, *sorted(environ)]
        return seen


def environment(call: Call, last: str) -> dict[str, Any]:
    """Make the WSGI environment of a request.

    Args:
        call: What the request is made of.
        last: The session cookie that came last.
    """
    environ: dict[str, Any] = {
        "REQUEST_METHOD": call.method,
        "SCRIPT_NAME": call.script,
        "PATH_INFO": call.path,
        "QUERY_STRING": call.query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.1",
        "HTTP_HOST": call.host,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": call.scheme,
        "wsgi.input": BytesIO(call.body),
        "wsgi.errors": BytesIO(),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    if call.body:
        environ["CONTENT_LENGTH"] = str(len(call.body))
        environ["CONTENT_TYPE"] = "application/x-www-form-urlencoded"
    if call.cookie:
        environ["HTTP_COOKIE"] = f"session={last}" if call.cookie == "last" else call.cookie
    for name, value in call.headers:
        environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
    for name, value in call.changes:
        if value is None:
            environ.pop(name, None)
        else:
            environ[name] = value
    return environ
