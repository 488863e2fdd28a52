"""Views of the {{ cookiecutter.app }}."""

from flask import render_template


def index() -> str:
    """Show the first page."""
    return render_template("{{ cookiecutter.app }}/index.html")
