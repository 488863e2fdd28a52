"""The list of the pages, which is cached until one of them changes."""

from itertools import chain
from typing import NamedTuple

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from ..extensions import cache, db
from ..models import Page

KEY = "pages"


class Entry(NamedTuple):
    """What the list shows of a page."""

    id: int
    title: str


@cache.cached(key_prefix=KEY)
def all_pages() -> list[Entry]:
    """Return all pages by title."""
    query = select(Page.id, Page.title).order_by(Page.title, Page.id)
    return [Entry(*row) for row in db.session.execute(query)]


@event.listens_for(db.session, "after_flush")
def note_changes(session: Session, context: object) -> None:
    """See whether pages are among what is written."""
    written = chain(session.new, session.dirty, session.deleted)
    if any(isinstance(instance, Page) for instance in written):
        session.info[KEY] = "changed"


@event.listens_for(db.session, "after_commit")
def forget_list(session: Session) -> None:
    """Have the list made anew, now that others see what was written."""
    if session.info.pop(KEY, None):
        cache.delete(KEY)
