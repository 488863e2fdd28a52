"""Views of the status page."""

from datetime import UTC, datetime

from flask import Response, make_response, render_template

from ..extensions import htmx
from .checks import run_checks


def status() -> Response:
    """Show whether all is well; htmx, asking again, gets the table alone."""
    template = "status/checks.html" if htmx else "status/status.html"
    page = render_template(template, checks=run_checks(), now=datetime.now(UTC))
    response = make_response(page)
    response.cache_control.no_store = True
    response.vary.add("HX-Request")
    return response
