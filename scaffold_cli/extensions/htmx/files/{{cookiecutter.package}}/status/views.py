"""Views of the status page."""

from datetime import UTC, datetime

from flask import Response, current_app, make_response, render_template

from ..core.readiness import ask_all
from ..extensions import htmx


def status() -> Response:
    """Show whether all is well; htmx, asking again, gets the table alone."""
    template = "status/checks.html" if htmx else "status/status.html"
    checks = {"application": True, **ask_all(current_app)}
    page = render_template(template, checks=checks, now=datetime.now(UTC))
    response = make_response(page)
    response.cache_control.no_store = True
    response.vary.add("HX-Request")
    return response
