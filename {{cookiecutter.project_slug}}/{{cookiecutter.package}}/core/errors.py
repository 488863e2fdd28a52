"""Answers to HTTP errors, for people and for programs."""

from flask import current_app, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, SecurityError

from .outages import Outage, outage_of


def error_response(error: HTTPException) -> ResponseReturnValue:
    """Return the error as a page, or as JSON, with its headers.

    What caused an unexpected error goes to the log only; an outage is no error of ours.
    """
    error = outage_of(error) or error
    if error.response is not None or isinstance(error, SecurityError):
        return error  # for a host that is not trusted, no page can have addresses
    if wants_json():
        content: str | dict[str, object] = describe(error)
    elif isinstance(error, Outage):
        content = outage_page(error)
    else:
        content = render_template("error.html", error=error)
    headers = [header for header in error.get_headers() if header[0] != "Content-Type"]
    response = make_response(content, error.code, headers)
    response.vary.add("Accept")
    return response


def outage_page(error: Outage) -> str:
    """Return a page that needs nothing: no session, no user, no context processor."""
    template = current_app.jinja_env.get_template("unavailable.html")
    return template.render(error=error)


def describe(error: HTTPException) -> dict[str, object]:
    """Return the error as data."""
    return {
        "code": error.code,
        "name": error.name,
        "description": error.description,
    }


def wants_json() -> bool:
    """Tell whether the client would rather have JSON than HTML."""
    accepts = request.accept_mimetypes
    as_json, as_html = accepts["application/json"], accepts["text/html"]
    return as_json > as_html or (as_json == as_html and request.is_json)
