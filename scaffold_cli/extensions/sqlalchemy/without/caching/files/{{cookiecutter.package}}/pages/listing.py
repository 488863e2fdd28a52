"""The list of the pages."""

from collections.abc import Sequence

from sqlalchemy import select

from ..extensions import db
from ..models import Page


def all_pages() -> Sequence[Page]:
    """Return all pages by title."""
    return db.session.scalars(select(Page).order_by(Page.title, Page.id)).all()
