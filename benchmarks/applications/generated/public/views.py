"""Views of the public pages: the talk's three URLs."""

from applications.answers import HELLO, VALUES, lines
from flask import render_template, request


def index() -> str:
    """Answer the talk's 13 bytes."""
    return HELLO


def environ() -> str:
    """Show the environment."""
    return lines(request.environ)


def template() -> str:
    """Render the page."""
    return render_template("page.html", **VALUES)
