"""The contexts of a request, without signals that nobody receives."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import ctx, signals
from flask.ctx import _sentinel
from flask.globals import _cv_app, _cv_request
from flask.sessions import SessionMixin
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from .request import Lazy, Request
from .routing import Names, Routes
from .sessions import may_wait, open_session
from .stock import unpatched, watch

if TYPE_CHECKING:
    from .hooks import Hooks

_app_methods, _app_unpatched = watch(ctx.AppContext, "__init__", "push", "pop")
_methods, _unpatched = watch(
    ctx.RequestContext, "__init__", "push", "match_request", "pop"
)
_app_pop = unpatched(ctx.AppContext, "pop")
_pop = unpatched(ctx.RequestContext, "pop")


class AppContext(ctx.AppContext):
    """An application context that is pushed and popped in silence."""

    app: "Hooks"

    @Lazy
    def url_adapter(self) -> MapAdapter | None:
        """The URL map, bound to the setting SERVER_NAME."""
        return self.app.create_url_adapter(None)

    @Lazy
    def g(self) -> Any:
        """The namespace that lasts as long as this."""
        return self.app.app_ctx_globals_class()

    def push(self) -> None:
        """Make this the current context."""
        if signals.appcontext_pushed.receivers:
            super().push()
        else:
            self._cv_tokens.append(_cv_app.set(self))

    def pop(self, exc: BaseException | None = _sentinel) -> None:  # type: ignore[assignment]
        """Make the context before this one current again, after the teardown."""
        if len(self._cv_tokens) != 1 or ctx.AppContext.pop is not _app_pop:
            return super().pop(exc)
        try:
            self.app.do_teardown_appcontext(
                sys.exc_info()[1] if exc is _sentinel else exc
            )
        finally:
            current = _cv_app.get()
            _cv_app.reset(self._cv_tokens.pop())
        if current is not self:
            raise AssertionError(
                f"Popped wrong app context. ({current!r} instead of {self!r})"
            )
        if signals.appcontext_popped.receivers:
            signals.appcontext_popped.send(
                self.app, _async_wrapper=self.app.ensure_sync
            )
        return None


class RequestContext(ctx.RequestContext):
    """A request context that opens the session and binds the URL map when asked to."""

    app: "Hooks"
    request: Request
    #: What is known of the host, until the URL map is bound.
    names: Names | None = None
    #: The session, once it is open.
    opened: SessionMixin | None = None
    #: Whether the session is as good as open: whoever touches it finds it open.
    waiting = False
    #: The SECRET_KEY that it will be opened with.
    secret: Any = None
    flashes = None
    _bound: MapAdapter | None = None

    @property
    def url_adapter(self) -> MapAdapter | None:
        """The URL map, bound to this request."""
        if self.names is not None and self.app.routes is not None:
            self.url_adapter = self.app.routes.bind(self.request, self.names[1])
        return self._bound

    @url_adapter.setter
    def url_adapter(self, adapter: MapAdapter | None) -> None:
        self._bound = adapter
        self.names = None

    @property
    def _session(self) -> SessionMixin | None:
        if self.waiting:
            self.opened = open_session(self.app, self.request, self.secret)
            self.waiting = False
        return self.opened

    @_session.setter
    def _session(self, session: SessionMixin | None) -> None:
        self.opened = session

    @property
    def session(self) -> SessionMixin:
        """The session, which counts as accessed from now on."""
        session = self._session
        if session is None:
            return super().session
        session.accessed = True
        return session

    def push(self) -> None:
        """Make this the current context, and find the rule that the request is for."""
        app = self.app
        current = _cv_app.get(None)
        pushed = None
        if current is None or current.app is not app:
            pushed = app.app_context()
            pushed.push()
        self._cv_tokens.append((_cv_request.set(self), pushed))
        if self.opened is None and not self.waiting:
            self.secret = app.config["SECRET_KEY"]
            self.waiting = may_wait(app, self.request, self.secret)
            if not self.waiting:
                self._open_now()
        if self.names is not None or self.url_adapter is not None:
            self.match_request()

    def _open_now(self) -> None:
        """Open the session, as stock Flask does."""
        interface = self.app.session_interface
        self.opened = interface.open_session(self.app, self.request)
        if self.opened is None:
            self.opened = interface.make_null_session(self.app)

    def match_request(self) -> None:
        """Find the rule: one that is known, or else by Werkzeug's matcher."""
        routes = self.app.routes
        request = self.request
        if self.names is not None and routes is not None:
            rule = routes.find_rule(request)
            if rule is not None:
                request.url_rule = rule
                request.view_args = {}
                routes.learn_request(request, rule, self.names)
                return
        super().match_request()
        rule = request.url_rule
        if rule is not None and routes is not None and not rule.arguments:
            routes.learn_rule(self.app, request, rule)
        return

    def pop(self, exc: BaseException | None = _sentinel) -> None:  # type: ignore[assignment]
        """Make the context before this one current again, after the teardown."""
        if len(self._cv_tokens) != 1 or ctx.RequestContext.pop is not _pop:
            return super().pop(exc)
        try:
            if exc is _sentinel:
                exc = sys.exc_info()[1]
            self.app.do_teardown_request(exc)
            self.request.close()
        finally:
            current = _cv_request.get()
            token, pushed = self._cv_tokens.pop()
            _cv_request.reset(token)
            # Request and environment refer to each other; let go of both now.
            current.request.environ["werkzeug.request"] = None
            if pushed is not None:
                pushed.pop(exc)
            if current is not self:
                raise AssertionError(
                    f"Popped wrong request context. ({current!r} instead of {self!r})"
                )
        return None


def new_context(app: "Hooks", routes: Routes, request: Request) -> RequestContext:
    """Make the context of a request that has just come in.

    :param routes: those of the application.
    """
    context = _new_context(RequestContext)
    context.app = app
    context.request = request
    request.json_module = app.json
    routes.learn_settings(app)
    names = routes.find_host(app, request)
    if names is None:
        _bind(context, routes)
    else:
        context.names = names
        request.host = names[0]
        if app.config["TRUSTED_HOSTS"] is not None:
            request.trusted_hosts = app.config["TRUSTED_HOSTS"]
    context._after_request_functions = []
    context._cv_tokens = []
    return context


def _bind(context: RequestContext, routes: Routes) -> None:
    """Bind the URL map as stock Flask does, and learn from that."""
    app, request = context.app, context.request
    try:
        context.url_adapter = app.create_url_adapter(request)
    except HTTPException as error:
        request.routing_exception = error
    else:
        routes.learn_host(app, request, context.url_adapter)


def new_app_context(app: "Hooks") -> ctx.AppContext:
    """Make an application context."""
    if _app_methods(ctx.AppContext) != _app_unpatched:
        return ctx.AppContext(app)
    context = _new_app_context(AppContext)
    context.app = app
    context.url_adapter = app.create_url_adapter(None)
    context.g = app.app_ctx_globals_class()
    context._cv_tokens = []
    return context


def is_stock_context() -> bool:
    """Tell whether nothing patched the contexts of requests."""
    return bool(_methods(ctx.RequestContext) == _unpatched)


_new_context: Callable[[type[RequestContext]], RequestContext] = RequestContext.__new__
_new_app_context: Callable[[type[AppContext]], AppContext] = AppContext.__new__
