"""Views of the {{ cookiecutter.blueprint }} pages."""

from flask import render_template


def index() -> str:
    """Show the first page."""
    return render_template("{{ cookiecutter.blueprint }}/index.html")
