"""Views of the flat pages."""

from flask import render_template

from ..extensions import flatpages


def page(path: str) -> str:
    """Show the page of a Markdown file."""
    return render_template("flatpages/page.html", page=flatpages.get_or_404(path))
