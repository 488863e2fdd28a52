"""``FastPath``: a Flask application that answers faster."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from flask import Flask
from flask.globals import _cv_app, _cv_request

from .direct import answer, begin, end
from .hooks import Hooks
from .looks import REPLACEABLE
from .responses import send, send_text
from .stock import unpatched

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_wsgi_app = unpatched(Flask, "wsgi_app")


class FastPath(Hooks):
    """A Flask application that answers faster, and otherwise just the same.

    The setting FAST, or this attribute, switches it off. It is read when the first
    request comes.
    """

    def __setattr__(self, name: str, value: Any) -> None:
        """Set an attribute, and notice if it is in the place of a hook."""
        super().__setattr__(name, value)
        if name in REPLACEABLE:
            self.is_replaced = True

    def wsgi_app(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer a request; middleware may be laid around this method."""
        if self.routes is None and not self._fast_is_decided:
            self._decide()
        if self.routes is None or Flask.wsgi_app is not _wsgi_app:
            return super().wsgi_app(environ, start_response)
        direct = begin(self, environ)
        context = direct or self.request_context(environ)
        response: Any = None
        error: BaseException | None = None
        try:
            try:
                if direct:
                    response = answer(self, direct)
                else:
                    context.push()
                    response = self.full_dispatch_request()
            except Exception as raised:
                error = raised
                response = self.handle_exception(raised)
            except BaseException as raised:
                error = raised
                raise
            if direct and type(response) is bytes:
                return send_text(response, start_response)
            return send(response, environ, start_response)
        finally:
            if "werkzeug.debug.preserve_context" in environ:
                preserve = environ["werkzeug.debug.preserve_context"]
                preserve(_cv_app.get())
                preserve(_cv_request.get())
            if direct and type(response) is bytes:
                end(self, direct)
            else:
                if error is not None and self.should_ignore_error(error):
                    error = None
                context.pop(error)
