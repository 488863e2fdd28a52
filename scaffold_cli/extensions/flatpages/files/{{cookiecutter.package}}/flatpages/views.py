"""Views of the flat pages."""

from flask import render_template
from flask_flatpages import Page


def page(page: Page) -> str:
    """Show the page of a Markdown file."""
    return render_template("flatpages/page.html", page=page)
