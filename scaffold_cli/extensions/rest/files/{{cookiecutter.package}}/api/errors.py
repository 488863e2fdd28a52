"""Answers to errors: JSON below ``/api``, pages elsewhere."""

from flask import current_app, make_response, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from ..core import errors
from ..core.outages import outage_of


def error_response(error: HTTPException) -> ResponseReturnValue:
    """Return the error as the client expects it; the API's, with what is wrong in it.

    Below ``/api`` a client that takes anything gets JSON, and a browser its page.
    """
    error = outage_of(error) or error
    if error.response is not None or not is_for_api() or prefers_html():
        return errors.error_response(error)
    details = getattr(error, "data", {})  # as webargs leaves them
    content = errors.describe(error)
    if problems := details.get("errors") or details.get("messages"):
        content["errors"] = problems
    response = make_response(content, error.code, details.get("headers") or {})
    response.headers.extend(
        header for header in error.get_headers() if header[0] != "Content-Type"
    )
    response.vary.add("Accept")
    return response


def is_for_api() -> bool:
    """Tell whether the request is for something below the API's prefix."""
    prefix: str = current_app.config["OPENAPI_URL_PREFIX"]
    return request.path.startswith(f"{prefix}/")


def prefers_html() -> bool:
    """Tell whether the client would rather have HTML than JSON."""
    accepts = request.accept_mimetypes
    return accepts["text/html"] > accepts["application/json"]
