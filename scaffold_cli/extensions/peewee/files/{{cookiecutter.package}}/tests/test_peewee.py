"""Pages are kept in the database, listed, shown, and added by a command."""

import io
from contextlib import redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

from ..app import create_app
from ..database import sqlite_path
from ..extensions import db
from ..manage import add_page, release
from ..models import Page
from .base import TEST_SETTINGS, AppTestCase


class PagesTest(AppTestCase):
    def test_a_page_is_shown(self) -> None:
        page = Page.create(title="About <us>", text="First.\n\nSecond.")
        response = self.client.get(f"/pages/{page.id}")
        html = response.get_data(as_text=True)
        self.assertIn("<h1>About &lt;us&gt;</h1>", html)
        self.assertIn("<p>First.</p>\n", html)
        self.assertIn("<p>Second.</p>\n", html)

    def test_a_page_that_is_not_there_is_not_found(self) -> None:
        for pk in (1, 10**30):
            self.assertEqual(404, self.client.get(f"/pages/{pk}").status_code)

    def test_pages_are_listed_by_title(self) -> None:
        self.assertIn("None yet", self.client.get("/pages/").get_data(as_text=True))
        second, first = Page.create(title="B"), Page.create(title="A")
        html = self.client.get("/pages/").get_data(as_text=True)
        self.assertLess(
            html.index(f"/pages/{first.id}"), html.index(f"/pages/{second.id}")
        )

    def test_a_page_is_added_by_command(self) -> None:
        with redirect_stdout(io.StringIO()) as output:
            add_page("By command", text="Text.")
        page = Page.get()
        self.assertEqual(("By command", "Text."), (page.title, page.text))
        self.assertEqual(f"Added: /pages/{page.id}\n", output.getvalue())


class DatabaseTest(AppTestCase):
    def test_two_applications_have_a_database_each(self) -> None:
        Page.create(title="Here only")
        other = create_app(**{**TEST_SETTINGS, "DATABASE_URL": "sqlite://"})
        with other.app_context():
            self.addCleanup(other.extensions["peewee"].close)
            release()
            self.assertEqual(0, Page.select().count())
            Page.create(title="There only")
        self.assertEqual(["Here only"], [page.title for page in Page.select()])

    def test_a_connection_is_closed_after_each_request(self) -> None:
        folder = self.enterContext(TemporaryDirectory())
        settings = {**TEST_SETTINGS, "DATABASE_URL": f"sqlite:///{folder}/app.db"}
        app = create_app(**settings)
        with app.app_context():
            release()
            self.assertFalse(db.is_closed())
        response = app.test_client().get("/pages/")
        self.assertIn("None yet", response.get_data(as_text=True))
        self.assertTrue(app.extensions["peewee"].is_closed())

    def test_a_relative_file_is_in_the_instance_folder(self) -> None:
        self.app.instance_path = self.enterContext(TemporaryDirectory())
        self.assertEqual(
            Path(self.app.instance_path, "data", "app.db"),
            Path(sqlite_path(self.app, "sqlite:///data/app.db")),
        )
        self.assertTrue(Path(self.app.instance_path, "data").is_dir())

    def test_without_its_database_visitors_are_told_to_come_back_soon(self) -> None:
        folder = self.enterContext(TemporaryDirectory())  # which is no file
        settings = {**TEST_SETTINGS, "DATABASE_URL": f"sqlite:///{folder}"}
        app = create_app(settings, PROPAGATE_EXCEPTIONS=False)
        with self.assertLogs(app.logger, "ERROR"):
            answer = app.test_client().get("/pages/")
        self.assertEqual(503, answer.status_code)
        self.assertIn("Retry-After", answer.headers)

    def test_a_table_that_is_missing_is_an_error_of_ours(self) -> None:
        settings = {**TEST_SETTINGS, "DATABASE_URL": "sqlite://"}
        app = create_app(settings, PROPAGATE_EXCEPTIONS=False)
        with self.assertLogs(app.logger, "ERROR"):
            answer = app.test_client().get("/pages/")
        self.assertEqual(500, answer.status_code)
