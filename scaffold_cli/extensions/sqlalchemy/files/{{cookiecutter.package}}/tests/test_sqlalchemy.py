"""Pages are kept in the database, listed, shown, and added by a command."""

import io
from contextlib import redirect_stdout
from tempfile import TemporaryDirectory

from sqlalchemy import select

from ..app import create_app
from ..extensions import db
from ..manage import add_page
from ..models import Page
from .base import TEST_SETTINGS, AppTestCase


class PagesTest(AppTestCase):
    def test_a_page_is_shown(self) -> None:
        pk = self.add(title="About <us>", text="First.\n\nSecond.")
        response = self.client.get(f"/pages/{pk}")
        html = response.get_data(as_text=True)
        self.assertIn("<h1>About &lt;us&gt;</h1>", html)
        self.assertIn("<p>First.</p>\n", html)
        self.assertIn("<p>Second.</p>\n", html)

    def test_a_page_that_is_not_there_is_not_found(self) -> None:
        for pk in (1, 10**30):
            self.assertEqual(404, self.client.get(f"/pages/{pk}").status_code)

    def test_pages_are_listed_by_title(self) -> None:
        self.assertIn("None yet", self.client.get("/pages/").get_data(as_text=True))
        second, first = self.add(title="B"), self.add(title="A")
        html = self.client.get("/pages/").get_data(as_text=True)
        self.assertLess(html.index(f"/pages/{first}"), html.index(f"/pages/{second}"))

    def test_a_page_is_added_by_command(self) -> None:
        with redirect_stdout(io.StringIO()) as output:
            add_page("By command", text="Text.")
        page = db.session.scalars(select(Page)).one()
        self.assertEqual(("By command", "Text."), (page.title, page.text))
        self.assertEqual(f"Added: /pages/{page.id}\n", output.getvalue())

    def test_two_applications_have_a_database_each(self) -> None:
        self.add(title="Here only")
        settings = {**TEST_SETTINGS, "SQLALCHEMY_DATABASE_URI": "sqlite://"}
        other = create_app(**settings)
        with other.app_context():
            db.create_all()
            self.assertIsNone(db.session.scalar(select(Page)))
            db.session.remove()
            db.engine.dispose()

    def test_without_its_database_visitors_are_told_to_come_back_soon(self) -> None:
        folder = self.enterContext(TemporaryDirectory())  # which is no file
        settings = {**TEST_SETTINGS, "SQLALCHEMY_DATABASE_URI": f"sqlite:///{folder}"}
        app = create_app(settings, PROPAGATE_EXCEPTIONS=False)
        with self.assertLogs(app.logger, "ERROR"):
            answer = app.test_client().get("/pages/")
        self.assertEqual(503, answer.status_code)
        self.assertIn("Retry-After", answer.headers)

    def test_a_table_that_is_missing_is_an_error_of_ours(self) -> None:
        settings = {**TEST_SETTINGS, "SQLALCHEMY_DATABASE_URI": "sqlite://"}
        app = create_app(settings, PROPAGATE_EXCEPTIONS=False)
        with self.assertLogs(app.logger, "ERROR"):
            answer = app.test_client().get("/pages/")
        self.assertEqual(500, answer.status_code)

    def add(self, title: str, text: str = "") -> int:
        """Add a page and return its key."""
        page = Page(title=title, text=text)
        db.session.add(page)
        db.session.commit()
        return page.id
