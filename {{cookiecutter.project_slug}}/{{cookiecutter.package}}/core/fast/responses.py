"""Responses from plain text and bytes, and how to send what lies in memory."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flask import Response
from werkzeug.datastructures import Headers

from .stock import watch

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

_makers, _makers_unpatched = watch(
    Response,
    "__init__",
    "set_data",
    default_mimetype="text/html",
    default_status=200,
    automatically_set_content_length=True,
)
_senders, _senders_unpatched = watch(
    Response,
    "__call__",
    "get_wsgi_response",
    "get_wsgi_headers",
    "get_app_iter",
    "close",
)
_new_response: Callable[[type[Response]], Response] = Response.__new__
_new_headers: Callable[[type[Headers]], Headers] = Headers.__new__

TEXT = "text/html; charset=utf-8"

# What the constructor leaves in a response: with more, somebody changed how it works.
ATTRIBUTES = 6
BODILESS = (204, 304)
ADJUSTED = ("location", "content-location", "content-length")


def new_response(data: bytes, content_type: str) -> Response | None:
    """Make a response without the general constructor, if that is the stock one."""
    if _makers(Response) != _makers_unpatched:
        return None
    response = _new_response(Response)
    response.headers = headers = _new_headers(Headers)
    headers._list = [
        ("Content-Type", content_type),
        ("Content-Length", str(len(data))),
    ]
    response._status = "200 OK"
    response._status_code = 200
    response.direct_passthrough = False
    response._on_close = []
    response.response = [data]
    return response


def send(
    response: Response, environ: "WSGIEnvironment", start_response: "StartResponse"
) -> Iterable[bytes]:
    """Send a response: at once if it is one piece of bytes, else as it does itself."""
    if type(response) is Response and environ.get("REQUEST_METHOD", "HEAD") != "HEAD":
        body: Any = response.response
        headers = response.headers
        if (
            type(body) is list
            and len(body) == 1
            and type(body[0]) is bytes
            and type(headers) is Headers
            and not response.direct_passthrough
            and not response._on_close
            and response._status_code >= 200
            and response._status_code not in BODILESS
            and len(vars(response)) == ATTRIBUTES
            and _are_final(headers._list)
            and _senders(Response) == _senders_unpatched
        ):
            start_response(response._status, headers._list.copy())
            return body
    return response(environ, start_response)


def _are_final(headers: list[tuple[str, str]]) -> bool:
    """Tell whether headers are sent as they are: with a length, without a location."""
    length = False
    for name, _ in headers:
        if name == "Content-Length":
            length = True
        elif name != "Content-Type" and name.lower() in ADJUSTED:
            return False
    return length


def send_text(data: bytes, start_response: "StartResponse") -> Iterable[bytes]:
    """Send text as it would be sent as a response."""
    start_response(
        "200 OK", [("Content-Type", TEXT), ("Content-Length", str(len(data)))]
    )
    return [data]
