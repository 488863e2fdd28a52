"""Each task has a database session of its own, which is given back after it."""

from sqlalchemy import select

from ..extensions import db, queue
from ..models import Page
from .base import AppTestCase


@queue.task()
def add_page(title: str) -> None:
    """Add a page, and another one that is not committed."""
    db.session.add(Page(title=title))
    db.session.commit()
    db.session.add(Page(title="Forgotten"))


class TaskSessionsTest(AppTestCase):
    def test_only_what_a_task_commits_is_kept(self) -> None:
        add_page.delay("From a task")
        titles = db.session.scalars(select(Page.title)).all()
        self.assertEqual(["From a task"], titles)
