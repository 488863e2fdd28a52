"""Pages as JSON text, to be moved from one installation to another."""

from marshmallow import EXCLUDE
from sqlalchemy import select

from .extensions import db
from .models import Page
from .schemas import PageSchema


def dump_pages() -> str:
    """Return all pages as JSON."""
    pages = db.session.scalars(select(Page).order_by(Page.id))
    text: str = PageSchema(many=True).dumps(pages, indent=2, ensure_ascii=False)
    return text + "\n"


def load_pages(text: str) -> int:
    """Add pages given as JSON, under keys of their own, and return how many.

    :raises ValueError: when it is no JSON.
    :raises ValidationError: when one of them cannot be a page; then none is added.
    """
    # What this installation gives itself, keys, is left out.
    found = PageSchema(many=True, unknown=EXCLUDE).loads(text)
    db.session.add_all(Page(**values) for values in found)
    db.session.commit()
    return len(found)
