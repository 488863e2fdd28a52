"""The contexts of a request, without signals that nobody receives."""

import sys
from typing import TYPE_CHECKING, Any

from flask import ctx, signals
from flask.ctx import _sentinel
from flask.globals import _cv_app, _cv_request
from flask.sessions import SessionMixin
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter

from .request import Request, Snapshot, new_request
from .sessions import may_wait, open_session
from .stock import unpatched, watch

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

    from .application import FastPath

_app_push = unpatched(ctx.AppContext, "push")
_app_pop = unpatched(ctx.AppContext, "pop")
_methods, _unpatched = watch(ctx.RequestContext, "__init__", "push", "match_request")
_pop = unpatched(ctx.RequestContext, "pop")


class AppContext(ctx.AppContext):
    """An application context that is pushed and popped in silence."""

    app: "FastPath"

    def push(self) -> None:
        """Make this the current context."""
        if signals.appcontext_pushed.receivers or ctx.AppContext.push is not _app_push:
            super().push()
        else:
            self._cv_tokens.append(_cv_app.set(self))

    def pop(self, exc: BaseException | None = _sentinel) -> None:  # type: ignore[assignment]
        """Make the context before this one current again, after the teardown."""
        if ctx.AppContext.pop is not _app_pop or len(self._cv_tokens) != 1:
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
    """A request context that opens the session when it is touched."""

    app: "FastPath"
    request: Request
    #: The session, once it is open.
    opened: SessionMixin | None = None
    #: Whether the session is as good as open: whoever touches it finds it open.
    waiting = False
    #: The SECRET_KEY that it will be opened with.
    secret: Any = None

    @property
    def _session(self) -> SessionMixin | None:
        if self.waiting:
            request: Any = self.request
            self.opened = open_session(self.app, request, self.secret)
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

    def is_untouched(self) -> bool:
        """Tell whether the session is one that never was: no cookie, and not opened."""
        return self.waiting and not self.request.cookie

    def push(self) -> None:
        """Make this the current context, and find the rule that the request is for."""
        if _methods(ctx.RequestContext) != _unpatched:
            return super().push()
        app = self.app
        current = _cv_app.get(None)
        pushed = None
        if current is None or current.app is not app:
            pushed = app.app_context()
            pushed.push()
        self._cv_tokens.append((_cv_request.set(self), pushed))
        if self.opened is None and not self.waiting:
            self._begin_session()
        if self.url_adapter is not None:
            self.match_request()
        return None

    def _begin_session(self) -> None:
        """Open the session, or leave that to whoever touches it."""
        app, request = self.app, self.request
        if type(request) is Request and may_wait(app, request):
            self.secret = app.config["SECRET_KEY"]
            self.waiting = True
            return
        interface = app.session_interface
        self.opened = interface.open_session(app, request)
        if self.opened is None:
            self.opened = interface.make_null_session(app)

    def match_request(self) -> None:
        """Find the rule: one that is known, or else by Werkzeug's matcher."""
        request, adapter, routes = self.request, self.url_adapter, self.app.routes
        if (
            routes is None
            or type(adapter) is not MapAdapter
            or adapter.map is not routes.url_map
        ):
            return super().match_request()
        rule = routes.find(adapter)
        if rule is not None:
            request.url_rule = rule
            request.view_args = {}
            return None
        super().match_request()
        if request.routing_exception is None and request.url_rule is not None:
            routes.learn_rule(adapter, request.url_rule)
        return None

    def pop(self, exc: BaseException | None = _sentinel) -> None:  # type: ignore[assignment]
        """Make the context before this one current again, after the teardown."""
        if ctx.RequestContext.pop is not _pop or len(self._cv_tokens) != 1:
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


def new_context(
    app: "FastPath", environ: "WSGIEnvironment", snapshot: Snapshot
) -> RequestContext:
    """Make the context of a request that has just come in."""
    context = RequestContext.__new__(RequestContext)
    context.app = app
    context.request = request = new_request(environ, snapshot)
    request.json_module = app.json
    try:
        context.url_adapter = app.create_url_adapter(request)
    except HTTPException as error:
        context.url_adapter = None
        request.routing_exception = error
    context.flashes = None
    context._after_request_functions = []
    context._cv_tokens = []
    return context
