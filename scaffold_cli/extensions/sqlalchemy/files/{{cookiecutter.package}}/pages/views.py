"""Views of the pages."""

from flask import render_template
from sqlalchemy import select

from ..extensions import db
from ..models import Page


def index() -> str:
    """List all pages by title."""
    pages = db.session.scalars(select(Page).order_by(Page.title, Page.id)).all()
    return render_template("pages/index.html", pages=pages)


def page(pk: int) -> str:
    """Show one page."""
    page = db.first_or_404(select(Page).filter_by(id=pk))
    return render_template("pages/page.html", page=page)
