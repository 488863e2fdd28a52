"""The direct way of a request: a hook that has nothing to do is not called.

That a hook has nothing to do is certain only where Flask's own, or ours, stands in its
place. So twice, before the view and after it, one look tells whether anything was
replaced: by a subclass, on the instance, or by a patch of Flask. Where anything was, or
has something to do, the hook itself is called.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flask import Response
from flask.globals import _cv_app, _cv_request
from flask.sessions import SecureCookieSessionInterface
from flask.signals import (
    appcontext_popped,
    appcontext_pushed,
    appcontext_tearing_down,
    request_finished,
    request_started,
    request_tearing_down,
)

from .contexts import AppContext, RequestContext
from .hooks import Hooks, is_plain
from .looks import AFTER, BEFORE, after, before
from .request import Request, read_snapshot
from .routing import Known

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


def begin(app: Hooks, environ: "WSGIEnvironment") -> RequestContext | None:
    """Make the context of a request, if it can go the direct way.

    That takes a known host, a usual request, and that nothing was replaced.
    """
    routes: Any = app.routes
    interface = app.session_interface
    if not (
        routes.hold(app)
        and not app.is_replaced
        and before(type(app)) == BEFORE
        and not appcontext_pushed.receivers
        and type(interface) is SecureCookieSessionInterface
        and not interface.__dict__
        and type(environ) is dict
        and "HTTP_UPGRADE" not in environ
        and _cv_app.get(None) is None
    ):
        return None
    try:
        snapshot = read_snapshot(environ)
        known = routes.known.get(snapshot) or routes.find_known(app, snapshot)
        query = environ["QUERY_STRING"]
    except (KeyError, TypeError):
        return None
    cookie = environ.get("HTTP_COOKIE", "")
    if (
        known is None
        or type(query) is not str
        or not query.isascii()
        or type(cookie) is not str
        or not cookie.isascii()
        or type(environ.get("HTTP_CONNECTION", "")) is not str
    ):
        return None
    request = _new_request(Request)
    request.environ, request.snapshot = environ, snapshot
    request.query, request.cookie = query, cookie
    return _make_context(app, request, known)


def _make_context(app: Hooks, request: Request, known: Known) -> RequestContext:
    """Make the context of a request that is known, at least its host."""
    environ = request.environ
    config = app.config
    secret = config["SECRET_KEY"]
    rule, names = known
    if not secret:
        request.cookie = None
    request.remote_addr = environ.get("REMOTE_ADDR")
    request.json_module = app.json
    request.host = names[0]
    if config["TRUSTED_HOSTS"] is not None:
        request.trusted_hosts = config["TRUSTED_HOSTS"]
    if rule is not None:
        request.url_rule = rule
        request.view_args = {}
    environ["werkzeug.request"] = request
    context = _new_context(RequestContext)
    context.app = app
    context.request = request
    context.names = names
    context.secret = secret
    context.waiting = True
    context._after_request_functions = []
    return context


def answer(app: Hooks, context: RequestContext) -> bytes | Response:
    """Call the view, and return the text to be sent, or else a response."""
    outer = _new_app_context(AppContext)
    outer.app = app
    outer._cv_tokens = [_cv_app.set(outer)]
    context._cv_tokens = [(_cv_request.set(context), outer)]
    is_found = context.request.url_rule is not None or _is_found(app, context)
    if request_started.receivers or not is_found:
        return app.full_dispatch_request()
    if not app._got_first_request:
        app._got_first_request = True
    result: Any
    try:
        result = _dispatch(app, context.request)
    except Exception as error:
        result = app.handle_user_exception(error)
    kind = type(result)
    if (kind is str or kind is bytes) and _is_all(app, context, outer):
        return result.encode() if kind is str else result  # type: ignore[no-any-return]
    return app.finalize_request(result)


def _is_found(app: Hooks, context: RequestContext) -> bool:
    """Find the rule, and tell whether the request can go on directly to its view."""
    context.match_request()
    request = context.request
    # Converters may have replaced something, too.
    return (
        request.url_rule is not None
        and request.method != "OPTIONS"
        and not app.is_replaced
        and before(type(app)) == BEFORE
    )


def _dispatch(app: Hooks, request: Request) -> Any:
    """Call what is registered to run before the view, and the view."""
    if app.before_request_funcs or app.url_value_preprocessors:
        result = app.preprocess_request()
        if result is None:
            result = app.dispatch_request()  # which may be another one by now
        return result
    rule: Any = request.url_rule
    view = app.view_functions[rule.endpoint]
    if not is_plain(view):
        view = app.ensure_sync(view)
    arguments = request.view_args
    return view(**arguments) if arguments else view()


def _is_all(app: Hooks, context: RequestContext, outer: AppContext) -> bool:
    """Tell whether there is nothing left to do but to send the text."""
    request = context.request
    environ = request.environ
    interface = app.session_interface
    return not (
        app.is_replaced
        or after(type(app)) != AFTER
        or app.after_request_funcs
        or context._after_request_functions
        or request_finished.receivers
        or (request.cookie and str(app.config["SESSION_COOKIE_NAME"]) in request.cookie)
        or not context.waiting
        or type(interface) is not SecureCookieSessionInterface
        or interface.__dict__
        or _cv_request.get(None) is not context
        or len(context._cv_tokens) != 1
        or _cv_app.get(None) is not outer
        or len(outer._cv_tokens) != 1
        or environ.get("REQUEST_METHOD", "HEAD") == "HEAD"
        or environ.get("CONTENT_TYPE")
    )


def end(app: Hooks, context: RequestContext) -> None:
    """Make the contexts before these the current ones again, after the teardown."""
    if app.teardown_request_funcs or request_tearing_down.receivers:
        return context.pop(None)
    token, outer = context._cv_tokens.pop()
    _cv_request.reset(token)
    context.request.environ["werkzeug.request"] = None
    if outer is None:
        return None
    if (
        app.teardown_appcontext_funcs
        or appcontext_tearing_down.receivers
        or appcontext_popped.receivers
    ):
        return outer.pop(None)
    _cv_app.reset(outer._cv_tokens.pop())
    return None


_new_request: Callable[[type[Request]], Request] = Request.__new__
_new_context: Callable[[type[RequestContext]], RequestContext] = RequestContext.__new__
_new_app_context: Callable[[type[AppContext]], AppContext] = AppContext.__new__
