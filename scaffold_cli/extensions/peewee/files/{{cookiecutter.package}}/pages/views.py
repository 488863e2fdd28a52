"""Views of the pages."""

from flask import abort, render_template

from ..models import Page


def index() -> str:
    """List all pages by title."""
    pages = Page.select().order_by(Page.title, Page.id)
    return render_template("pages/index.html", pages=pages)


def page(pk: int) -> str:
    """Show one page."""
    page = Page.get_or_none(id=pk)
    if page is None:
        abort(404)
    return render_template("pages/page.html", page=page)
