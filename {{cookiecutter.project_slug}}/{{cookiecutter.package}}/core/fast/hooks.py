"""``Hooks``: Flask's hooks, which do less where there is less to do.

Every hook is still called, one after the other, and may be overridden. Each runs stock
Flask's code instead of its own when something patched that method of Flask.
"""

import sys
from collections.abc import Callable
from inspect import CO_COROUTINE
from threading import Lock
from types import FunctionType, MethodType
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, signals
from flask import ctx as stock_ctx
from flask import typing as ft
from flask import wrappers as stock_wrappers
from flask.ctx import _sentinel
from flask.globals import _cv_app, _cv_request
from flask.templating import _default_template_ctx_processor
from werkzeug.exceptions import HTTPException

from .contexts import (
    RequestContext,
    is_stock_context,
    new_app_context,
    new_context,
)
from .data import JSONProvider
from .request import new_request
from .responses import TEXT, new_response
from .routing import Routes
from .sessions import KeptKeys, has_own_settings, is_stock, save_session
from .stock import obstacle, unpatched
from .templates import Environment

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

# Threads may bring several first requests.
_deciding = Lock()

# Stock Flask's hooks, as they were when this was imported.
_app_context = unpatched(Flask, "app_context")
_dispatch_request = unpatched(Flask, "dispatch_request")
_do_teardown_appcontext = unpatched(Flask, "do_teardown_appcontext")
_do_teardown_request = unpatched(Flask, "do_teardown_request")
_ensure_sync = unpatched(Flask, "ensure_sync")
_finalize_request = unpatched(Flask, "finalize_request")
_full_dispatch_request = unpatched(Flask, "full_dispatch_request")
_make_response = unpatched(Flask, "make_response")
_preprocess_request = unpatched(Flask, "preprocess_request")
_process_response = unpatched(Flask, "process_response")
_request_context = unpatched(Flask, "request_context")
_update_template_context = unpatched(Flask, "update_template_context")


class Hooks(Flask):
    """A Flask application that answers faster, and otherwise just the same.

    The setting FAST, or this attribute, switches it off. It is read when the first
    request comes.
    """

    FAST = True
    jinja_environment = Environment
    json_provider_class = JSONProvider

    #: What was learned about the URL map; None where the fast path is off.
    routes: Routes | None = None
    #: The keys of session cookies.
    keys: KeptKeys | None = None
    #: Whether the class has a ``secret_key`` of its own, which is not in the settings.
    has_own_settings = False
    _fast_is_decided = False
    #: Whether a hook was set on the application itself.
    is_replaced = False

    def _decide(self) -> None:
        """Switch the fast path on, or say why it stays off; the first request does it."""
        with _deciding:
            if self._fast_is_decided:
                return
            if self.config.get("FAST", self.FAST):
                reason = obstacle() or self._hidden_hook()
                if reason:
                    self.logger.warning("The fast path is off: %s.", reason)
                else:
                    self.has_own_settings = has_own_settings(type(self))
                    self.routes = Routes(self.url_map)
            self._fast_is_decided = True

    def _hidden_hook(self) -> str:
        """Name a hook of a base class behind this one, which ours would hide."""
        behind = super()
        for name in HOOKS:
            if getattr(behind, name).__func__ is not getattr(Flask, name):
                return f"another base class has {name}, too"
        return ""

    def request_context(self, environ: "WSGIEnvironment") -> stock_ctx.RequestContext:
        """Return a context for a request, which is not pushed yet."""
        if self.routes is None and not self._fast_is_decided:
            self._decide()
        if (
            self.routes is not None
            and self.request_class is stock_wrappers.Request
            and Flask.request_context is _request_context
            and is_stock_context()
        ):
            request = new_request(environ)
            if request is not None:
                return new_context(self, self.routes, request)
        return super().request_context(environ)

    def app_context(self) -> stock_ctx.AppContext:
        """Return a context for the application, which is not pushed yet."""
        if self.routes is None or Flask.app_context is not _app_context:
            return super().app_context()
        return new_app_context(self)

    def full_dispatch_request(self) -> Response:
        """Answer the request of the current context."""
        if (
            self.routes is None
            or Flask.full_dispatch_request is not _full_dispatch_request
        ):
            return super().full_dispatch_request()
        self._got_first_request = True
        result: ft.ResponseReturnValue | HTTPException | None
        try:
            if signals.request_started.receivers:
                signals.request_started.send(self, _async_wrapper=self.ensure_sync)
            result = self.preprocess_request()
            if result is None:
                result = self.dispatch_request()
        except Exception as error:
            result = self.handle_user_exception(error)
        return self.finalize_request(result)

    def preprocess_request(self) -> ft.ResponseReturnValue | None:
        """Call what is registered to run before the view; the first result is it."""
        context = _cv_request.get(None)
        if (
            context is None
            or self.routes is None
            or Flask.preprocess_request is not _preprocess_request
        ):
            return super().preprocess_request()
        if not (self.url_value_preprocessors or self.before_request_funcs):
            return None
        request = context.request
        names = (None, *reversed(request.blueprints))
        if self.url_value_preprocessors:
            for name in names:
                for preprocess in self.url_value_preprocessors.get(name, ()):
                    preprocess(request.endpoint, request.view_args)
        for name in names:
            for function in self.before_request_funcs.get(name, ()):
                result = self.ensure_sync(function)()
                if result is not None:
                    return result  # type: ignore[no-any-return]
        return None

    def dispatch_request(self) -> ft.ResponseReturnValue:
        """Call the view."""
        context = _cv_request.get(None)
        if (
            context is None
            or self.routes is None
            or Flask.dispatch_request is not _dispatch_request
        ):
            return super().dispatch_request()
        request = context.request
        if request.routing_exception is not None:
            self.raise_routing_exception(request)
        rule: Any = request.url_rule
        if request.method == "OPTIONS" and getattr(
            rule, "provide_automatic_options", False
        ):
            return self.make_default_options_response()
        view = self.ensure_sync(self.view_functions[rule.endpoint])
        arguments: Any = request.view_args
        return view(**arguments)  # type: ignore[no-any-return]

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function itself, or one that waits for what it does."""
        if (
            is_plain(func)
            and self.routes is not None
            and Flask.ensure_sync is _ensure_sync
        ):
            return func
        return super().ensure_sync(func)

    def finalize_request(
        self,
        rv: ft.ResponseReturnValue | HTTPException,
        from_error_handler: bool = False,
    ) -> Response:
        """Make a response of a result, and have it processed."""
        if (
            from_error_handler
            or self.routes is None
            or Flask.finalize_request is not _finalize_request
        ):
            return super().finalize_request(rv, from_error_handler)
        response = self.process_response(self.make_response(rv))
        if signals.request_finished.receivers:
            signals.request_finished.send(
                self, _async_wrapper=self.ensure_sync, response=response
            )
        return response

    def make_response(self, rv: ft.ResponseReturnValue) -> Response:
        """Make a response of what a view returned."""
        if self.routes is None or Flask.make_response is not _make_response:
            return super().make_response(rv)
        kind = type(rv)
        if (kind is str or kind is bytes) and self.response_class is Response:
            data: Any = rv.encode() if kind is str else rv  # type: ignore[union-attr]
            return new_response(data, TEXT) or super().make_response(rv)
        if kind is self.response_class:
            return rv  # type: ignore[return-value]
        if kind is dict or kind is list:
            return self.json.response(rv)  # type: ignore[return-value]
        return super().make_response(rv)

    def process_response(self, response: Response) -> Response:
        """Call what is registered to run after the view, and save the session."""
        context = _cv_request.get(None)
        if (
            context is None
            or self.routes is None
            or Flask.process_response is not _process_response
        ):
            return super().process_response(response)
        for function in context._after_request_functions:
            response = self.ensure_sync(function)(response)
        if self.after_request_funcs:
            for name in (*context.request.blueprints, None):
                for function in reversed(self.after_request_funcs.get(name, ())):
                    response = self.ensure_sync(function)(response)
        # Where no cookie came and nobody touched the session, there is none to save.
        if not (
            type(context) is RequestContext
            and context.waiting
            and not context.request.cookie
            and is_stock(self.session_interface)
        ):
            save_session(self, context._session, response)
        return response

    def do_teardown_request(
        self,
        exc: BaseException | None = _sentinel,  # type: ignore[assignment]
    ) -> None:
        """Call what is registered to run at the end of a request."""
        context = _cv_request.get(None)
        if (
            context is None
            or self.routes is None
            or Flask.do_teardown_request is not _do_teardown_request
        ):
            return super().do_teardown_request(exc)
        if exc is _sentinel:
            exc = sys.exc_info()[1]
        if self.teardown_request_funcs:
            for name in (*context.request.blueprints, None):
                for function in reversed(self.teardown_request_funcs.get(name, ())):
                    self.ensure_sync(function)(exc)
        if signals.request_tearing_down.receivers:
            signals.request_tearing_down.send(
                self, _async_wrapper=self.ensure_sync, exc=exc
            )
        return None

    def do_teardown_appcontext(
        self,
        exc: BaseException | None = _sentinel,  # type: ignore[assignment]
    ) -> None:
        """Call what is registered to run at the end of an application context."""
        if (
            self.routes is None
            or Flask.do_teardown_appcontext is not _do_teardown_appcontext
        ):
            return super().do_teardown_appcontext(exc)
        if exc is _sentinel:
            exc = sys.exc_info()[1]
        if self.teardown_appcontext_funcs:
            for function in reversed(self.teardown_appcontext_funcs):
                self.ensure_sync(function)(exc)
        if signals.appcontext_tearing_down.receivers:
            signals.appcontext_tearing_down.send(
                self, _async_wrapper=self.ensure_sync, exc=exc
            )
        return None

    def update_template_context(self, context: dict[str, Any]) -> None:
        """Add what context processors give, below what the view gave itself."""
        if (
            self.routes is None
            or Flask.update_template_context is not _update_template_context
        ):
            return super().update_template_context(context)
        outer, current = _cv_app.get(None), _cv_request.get(None)
        given = context.copy()
        processors = self.template_context_processors
        for function in map(self.ensure_sync, processors.get(None, ())):
            if function is _default_template_ctx_processor and outer and current:
                context["g"], context["request"] = outer.g, current.request
            else:
                context.update(function())
        for name in reversed(current.request.blueprints) if current else ():
            for function in processors.get(name, ()):
                context.update(self.ensure_sync(function)())
        context.update(given)
        return None


def is_plain(func: Callable[..., Any]) -> bool:
    """Tell whether this is a function, or a bound one, that needs not be waited for."""
    if type(func) is MethodType:
        func = func.__func__
    return (
        type(func) is FunctionType
        and not func.__code__.co_flags & CO_COROUTINE
        and not func.__dict__
    )


HOOKS = tuple(name for name in vars(Hooks) if name in vars(Flask) and name[0] != "_")
