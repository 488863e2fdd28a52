"""Answers to HTTP errors, for people and for programs."""

from flask import Response, json, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.sansio.response import Response as SansIOResponse


def error_response(error: HTTPException) -> SansIOResponse:
    """Return the error as a page, or as JSON, keeping its headers.

    The cause of an unexpected error goes to the log only.
    """
    response = error.get_response()
    if error.response is None and isinstance(response, Response.__base__):
        if wants_json():
            response.data = json.dumps(
                {"code": error.code, "name": error.name, "description": error.description}
            )
            response.content_type = "application/json"
        else:
            response.data = render_template("error.html", error=error)
        response.vary.add("Accept")
    return response


def wants_json() -> bool:
    """Tell whether the client would rather have JSON than HTML."""
    accepts = request.accept_mimetypes
    as_json, as_html = accepts["application/json"], accepts["text/html"]
    return as_json > as_html or (as_json == as_html and request.is_json)
