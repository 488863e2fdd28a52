"""The list of the pages is read once, and again when one of them has changed."""

from unittest.mock import patch

from ..extensions import db
from ..models import Page
from ..pages.listing import all_pages
from .base import AppTestCase


class CachedPagesTest(AppTestCase):
    def test_the_database_is_asked_once(self) -> None:
        self.add("About")
        with patch.object(db.session, "execute", wraps=db.session.execute) as asking:
            for _ in range(3):
                self.assertIn("About", self.client.get("/pages/").text)
        asking.assert_called_once()

    def test_each_change_is_shown(self) -> None:
        self.assertEqual([], self.titles())
        page = self.add("About")
        self.assertEqual(["About"], self.titles())
        page.title = "About us"
        db.session.commit()
        self.assertEqual(["About us"], self.titles())
        db.session.delete(page)
        db.session.commit()
        self.assertEqual([], self.titles())

    def test_what_is_not_committed_is_not_shown(self) -> None:
        db.session.add(Page(title="About"))
        db.session.flush()
        db.session.rollback()
        self.assertEqual([], self.titles())

    def add(self, title: str) -> Page:
        """Add a page."""
        page = Page(title=title)
        db.session.add(page)
        db.session.commit()
        return page

    def titles(self) -> list[str]:
        """Return what the list shows."""
        return [page.title for page in all_pages()]
