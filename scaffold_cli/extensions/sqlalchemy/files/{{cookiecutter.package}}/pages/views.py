"""Views of the pages."""

from flask import render_template
from sqlalchemy import select

from ..extensions import db
from ..models import Page
from .listing import all_pages


def index() -> str:
    """List all pages by title."""
    return render_template("pages/index.html", pages=all_pages())


def page(pk: int) -> str:
    """Show one page."""
    page = db.first_or_404(select(Page).filter_by(id=pk))
    return render_template("pages/page.html", page=page)
