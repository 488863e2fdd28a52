"""Bugs that somebody could make in the fast path: the differential test catches each of them."""

import sys
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest
from blinker import Signal
from flask import Flask
from flask.ctx import _AppCtxGlobals
from flask.globals import _cv_request
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import FlakyFailure
from hypothesis.strategies import just
from test_differential import FastPath, compare
from twin_clock import time_stands_still as time_stands_still
from twin_plans import direct_plans, lives, plans, steps
from twins import Call, Change

pytestmark = pytest.mark.real
Patch = Callable[[pytest.MonkeyPatch], None]
MOST = settings(
    max_examples=2000, deadline=None, database=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)  # fmt: skip


def module(name: str) -> ModuleType:
    return sys.modules[f"core.fast.{name}"]


def in_place_of(owner: Any, name: str, make: Callable[[Any], Any]) -> Patch:
    """Replace a function by what is made of it."""
    return lambda patch: patch.setattr(owner, name, make(getattr(owner, name)))


def forgets_the_method(find: Any) -> Any:
    def found(self: Any, request: Any) -> Any:
        path = request.snapshot[PATH_INFO]
        return next((rule for (known, _), rule in self._rules.items() if known == path), None)

    return found


def forgets_the_setting(find: Any) -> Any:
    return lambda self, app, request: next(
        (names for key, names in self._hosts.items() if key[:2] == (request.snapshot[SCHEME], request.snapshot[HOST])), None
    )  # fmt: skip


def forgets_the_scheme(find: Any) -> Any:
    return lambda self, app, request: next(
        (names for key, names in self._hosts.items() if key[1:3] == (request.snapshot[HOST], app.config["SERVER_NAME"])), None
    )  # fmt: skip


def shares_the_arguments(match: Any) -> Any:
    shared: dict[str, Any] = {}

    def matched(self: Any) -> None:
        match(self)
        if self.request.view_args == {}:
            self.request.view_args = shared

    return matched


def sends_the_body_of_head(send: Any) -> Any:
    return lambda response, environ, start: send(
        response, {**environ, "REQUEST_METHOD": "GET"}, start
    )


def hands_out_its_headers(send: Any) -> Any:
    def sent(response: Any, environ: Any, start: Any) -> Any:
        def keep(status: str, headers: Any) -> None:
            start(status, response.headers._list)

        return send(response, environ, keep)

    return sent


def reads_late(name: str, key: str) -> Patch:
    """Compute an attribute of the request from the environment as it is when it is read."""
    lazy = module("request").Lazy(lambda request: request.environ[key])
    lazy.name = name
    return lambda patch: patch.setattr(module("request").Request, name, lazy)


def runs_in_order_of_registration(process: Any) -> Any:
    def processed(self: Any, response: Any) -> Any:
        kept = {name: list(functions) for name, functions in self.after_request_funcs.items()}
        for functions in self.after_request_funcs.values():
            functions.reverse()
        try:
            return process(self, response)
        finally:
            self.after_request_funcs.update(kept)

    return processed


def saves_what_was_touched(process: Any) -> Any:
    def processed(self: Any, response: Any) -> Any:
        context = _cv_request.get()
        if getattr(context, "waiting", False):
            context.request.cookie = ""
        return process(self, response)

    return processed


def loses_the_error(teardown: Any) -> Any:
    return lambda self, exc=None: teardown(self, None)


def is_never_accessed(session: Any) -> Any:
    return property(lambda self: self._session)


def keeps_its_first_key(keys: Any) -> Any:
    return lambda app, interface, secret: app.keys or keys(app, interface, secret)


def keeps_its_first_time(get: Any) -> Any:
    return lambda signer: vars(signer).setdefault("time", get(signer))


def sends_no_date(send: Any) -> Any:
    def sent(response: Any, environ: Any, start: Any) -> Any:
        response.headers.pop("Date", None)
        return send(response, environ, start)

    return sent


def is_known_by_any_name(key: Any) -> Any:
    return lambda self, app, request: request.cookie and ("", request.cookie)


def remembers_lists(remember: Any) -> Any:
    return lambda self, key, signed: self._known.update({key: signed})


def preprocesses_late(preprocess: Any) -> Any:
    def preprocessed(self: Any) -> Any:
        values = self.url_value_preprocessors
        self.url_value_preprocessors = {}
        try:
            result = preprocess(self)
        finally:
            self.url_value_preprocessors = values
        for function in values.get(None, ()):
            request = _cv_request.get().request
            function(request.endpoint, request.view_args)
        return result

    return preprocessed


def is_silent(finalize: Any) -> Any:
    def finalized(self: Any, rv: Any, from_error_handler: bool = False) -> Any:
        return self.process_response(self.make_response(rv))

    return finalized


def ignores_what_was_given(update: Any) -> Any:
    def updated(self: Any, context: dict[str, Any]) -> None:
        update(self, context)
        context.update(extra="x")

    return updated


def empties(name: str) -> Callable[[Any], Any]:
    """Answer as if the application had none of these hooks."""

    def made(function: Any) -> Any:
        def without(app: Any, context: Any, *outer: Any) -> Any:
            owner = context if name in vars(context) else app
            kept = getattr(owner, name)
            setattr(owner, name, ())
            try:
                return function(app, context, *outer)
            finally:
                setattr(owner, name, kept)

        return without

    return made


def takes_no_notice(name: str, value: Any) -> Callable[[Any], Any]:
    """Answer as if the request had not this in its environment, or among its attributes."""

    def made(is_all: Any) -> Any:
        def nothing_is_left(app: Any, context: Any, outer: Any) -> bool:
            request = context.request
            owner = request.environ if name.isupper() else vars(request)
            kept, owner[name] = owner.get(name), value
            try:
                return bool(is_all(app, context, outer))
            finally:
                owner[name] = kept

        return nothing_is_left

    return made


def ours_only(look: Any) -> Any:
    """Look at the application's class, and take it that Flask is never patched."""
    stock = look(module("hooks").Hooks)
    return lambda kind: tuple(
        seen if found is seen or getattr(kind, getattr(found, "__name__", ""), None) is seen else found
        for found, seen in zip(stock, look(kind), strict=True)
    )  # fmt: skip


def goes_on_with_options(is_found: Any) -> Any:
    def found(app: Any, context: Any) -> bool:
        context.match_request()
        return context.request.url_rule is not None

    return found


def trusts_converters(is_found: Any) -> Any:
    def found(app: Any, context: Any) -> bool:
        replaced = app.is_replaced
        is_found(app, context)
        app.is_replaced = replaced
        request = context.request
        return request.url_rule is not None and request.method != "OPTIONS"

    return found


def keeps_its_hosts(hold: Any) -> Any:
    def held(self: Any, app: Any) -> Any:
        if self.settings:
            self.settings = (*self.settings[:-1], app.config["TRUSTED_HOSTS"])
        return hold(self, app)

    return held


def knows_every_host(find: Any) -> Any:
    def found(self: Any, app: Any, snapshot: Any) -> Any:
        names = next(iter(self._hosts.values()), None)
        return names and (None, names)

    return found


def same_for_all(made: Any) -> Any:
    shared = _AppCtxGlobals()
    return module("request").Lazy(lambda context: shared)


def replaced(name: str, attribute: str, value: Any) -> Patch:
    return lambda patch: patch.setattr(module(name), attribute, value)


def named(lazy: Any, name: str) -> Any:
    lazy.name = name
    return lazy


HOST, PATH_INFO, SCHEME = (
    getattr(module("request"), name) for name in ("HOST", "PATH_INFO", "SCHEME")
)
RequestContext = module("contexts").RequestContext
Routes = module("routing").Routes
BUGS: dict[str, Patch] = {
    "a known rule answers to every method": in_place_of(Routes, "find_rule", forgets_the_method),
    "a host stays known when SERVER_NAME changes": in_place_of(Routes, "find_host", forgets_the_setting),
    "a host is known for other schemes, too": in_place_of(Routes, "find_host", forgets_the_scheme),
    "requests share their view arguments": in_place_of(RequestContext, "match_request", shares_the_arguments),
    "HEAD gets a body": in_place_of(module("application"), "send", sends_the_body_of_head),
    "the server gets the response's own headers": in_place_of(module("application"), "send", hands_out_its_headers),
    "204 and 304 are sent as they are": lambda patch: patch.setattr(module("responses"), "BODILESS", ()),
    "a location is not encoded": lambda patch: patch.setattr(module("responses"), "ADJUSTED", ()),
    "the path is read late": reads_late("path", "PATH_INFO"),
    "the scheme is read late": reads_late("scheme", "wsgi.url_scheme"),
    "an untouched permanent session is not refreshed": in_place_of(FastPath, "process_response", saves_what_was_touched),
    "reading the session is not told to caches": lambda patch: patch.setattr(
        RequestContext, "session", is_never_accessed(None)
    ),
    "a new SECRET_KEY is not noticed": in_place_of(module("sessions"), "_keys", keeps_its_first_key),
    "sessions are signed with the time of the first": in_place_of(module("sessions")._Signer, "get_timestamp", keeps_its_first_time),
    "sessions never get too old": lambda patch: patch.setattr(module("sessions")._Serializer, "is_valid", lambda *given: True),
    "requests share the lists of a session": in_place_of(module("sessions").KeptKeys, "_remember", remembers_lists),
    "the date of an answer is lost": in_place_of(module("application"), "send", sends_no_date),
    "a session that cannot be opened waits, too": lambda patch: patch.setattr(
        module("contexts"), "may_wait", lambda app, request, secret: True
    ),
    "after_request runs in the wrong order": in_place_of(FastPath, "process_response", runs_in_order_of_registration),
    "preprocessors run after before_request": in_place_of(FastPath, "preprocess_request", preprocesses_late),
    "teardown is not told of the error": in_place_of(FastPath, "do_teardown_request", loses_the_error),
    "request_finished is not sent": in_place_of(FastPath, "finalize_request", is_silent),
    "context processors win over the view": in_place_of(FastPath, "update_template_context", ignores_what_was_given),
    "the stack keeps the application's context": lambda patch: patch.setattr(
        module("contexts").AppContext, "pop", lambda self, exc=None: self.app.do_teardown_appcontext(exc)
    ),
}  # fmt: skip
direct, looks = module("direct"), module("looks")
NOBODY = Signal()
# Bugs of the direct way, where hooks that have nothing to do are not called, and what shows each of them.
DIRECT_BUGS: dict[str, tuple[Patch, Call | Change]] = {
    "what is set on the application is not noticed": (lambda patch: patch.delattr(FastPath, "__setattr__"), Change("on the instance", "make_response")),
    "what replaces a hook before the view is not noticed": (replaced("direct", "before", lambda kind: looks.BEFORE), Change("on the class", "dispatch_request")),
    "what replaces a hook after the view is not noticed": (replaced("direct", "after", lambda kind: looks.AFTER), Change("on the class", "process_response")),
    "a patch of Flask before the view is not noticed": (in_place_of(direct, "before", ours_only), Change("patch", (Flask, "preprocess_request"))),
    "a patch of Flask after the view is not noticed": (in_place_of(direct, "after", ours_only), Change("patch", (Flask, "finalize_request"))),
    "before_request is not called": (
        lambda patch: patch.setattr(FastPath, "before_request_funcs", property(lambda self: {}, lambda self, value: None), raising=False),
        Change("hook", "before_request"),
    ),
    "what a hook before the view replaces is not noticed": (
        replaced("direct", "_dispatch", lambda app, request: app.preprocess_request() or app.view_functions[request.endpoint](**request.view_args)), Call(),
    ),
    "after_request is not called": (in_place_of(direct, "_is_all", empties("after_request_funcs")), Change("hook", "after_request")),
    "after_this_request is not called": (in_place_of(direct, "_is_all", empties("_after_request_functions")), Call()),
    "teardown_request is not called": (in_place_of(module("application"), "end", empties("teardown_request_funcs")), Change("hook", "teardown_request")),
    "teardown_appcontext is not called": (in_place_of(module("application"), "end", empties("teardown_appcontext_funcs")), Change("hook", "teardown_appcontext")),
    "HEAD gets a body": (in_place_of(direct, "_is_all", takes_no_notice("REQUEST_METHOD", "GET")), Call("HEAD")),
    "a session that came is not saved": (in_place_of(direct, "_is_all", takes_no_notice("cookie", "")), Call(cookie="last")),
    "OPTIONS calls the view": (in_place_of(direct, "_is_found", goes_on_with_options), Call("OPTIONS", "/i/5")),
    "what a converter replaces is not noticed": (in_place_of(direct, "_is_found", trusts_converters), Call(path="/m/x")),
    "settings that change are not noticed": (
        lambda patch: patch.setattr(Routes, "hold", lambda self, app: bool(self.settings)), Change("config", ("TRUSTED_HOSTS", ["example.org"])),
    ),
    "what a cookie held is known by another's name": (
        in_place_of(module("sessions").KeptKeys, "_key", is_known_by_any_name), Change("config", ("SESSION_COOKIE_NAME", "s")),
    ),
    "hosts that are not trusted any more are": (in_place_of(Routes, "hold", keeps_its_hosts), Change("trust", ["other.org"])),
    "every host is known": (in_place_of(Routes, "find_known", knows_every_host), Call(host="bad host", path="/i/5")),
    "the contexts stay": (replaced("application", "end", lambda app, context: None), Call()),
    "the request stays in the environment": (
        replaced("application", "end", lambda app, context: context.pop() or context.request.environ.update({"werkzeug.request": context.request})), Call(),
    ),
    "all requests share g": (lambda patch: patch.setattr(module("contexts").AppContext, "g", named(same_for_all(None), "g")), Call()),
    **{
        f"{name} is not sent": (replaced("direct", name, NOBODY), Change("listen", name))
        for name in ("appcontext_pushed", "request_started", "request_finished", "request_tearing_down", "appcontext_tearing_down", "appcontext_popped")
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("patch", "plans", "steps"),
    [
        *(pytest.param(patch, plans, steps, id=name) for name, patch in BUGS.items()),
        *(
            pytest.param(patch, direct_plans, lives(just(unusual)), id=f"directly, {name}")
            for name, (patch, unusual) in DIRECT_BUGS.items()
        ),
    ],
)
@pytest.mark.usefixtures("time_stands_still")
def test_the_differential_test_catches(
    patch: Patch, plans: Any, steps: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    patch(monkeypatch)

    @MOST
    @given(plans, steps)
    def nothing_differs(plan: Any, steps: Any) -> None:
        compare(FastPath, plan, steps)

    with pytest.raises((AssertionError, FlakyFailure)):
        nothing_differs()
