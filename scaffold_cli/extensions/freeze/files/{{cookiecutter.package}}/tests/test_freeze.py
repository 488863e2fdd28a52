"""The public pages are written as files, and nothing else is."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from ..app import create_app
from ..extensions import freezer
from ..frozen_site import FreezeError
from .base import TEST_SETTINGS, AppTestCase

LINKED = re.compile(r'(?:src|<link[^>]* href)="/([^"?]+)')


class FreezeTest(AppTestCase):
    def freeze(self, app: Flask) -> Path:
        """Freeze an application, and return the folder."""
        folder = Path(self.enterContext(TemporaryDirectory()))
        app.config["FREEZER_DESTINATION"] = folder
        with app.app_context():
            files = freezer.freeze()
        found = [path for path in folder.rglob("*") if path.is_file()]
        self.assertEqual(sorted(folder / path for path in files), sorted(found))
        return folder

    def test_the_front_page_is_as_the_application_shows_it(self) -> None:
        folder = self.freeze(self.app)
        page = self.client.get("/", base_url="https://localhost/")
        self.assertEqual(page.data, folder.joinpath("index.html").read_bytes())

    def test_the_files_that_pages_load_are_there(self) -> None:
        folder = self.freeze(self.app)
        for page in ("index.html", "404.html"):
            loaded = LINKED.findall(folder.joinpath(page).read_text("utf-8"))
            self.assertIn("static/style.css", loaded)
            for path in loaded:
                self.assertTrue(folder.joinpath(path).is_file(), path)

    def test_other_pages_are_not_even_opened(self) -> None:
        @self.app.get("/danger")
        def danger() -> str:
            self.fail("It was opened.")

        self.assertFalse(self.freeze(self.app).joinpath("danger").exists())

    def test_an_error_is_not_taken_for_a_page(self) -> None:
        self.app.view_functions["public.index"] = lambda: ("", 403)
        with self.assertRaisesRegex(FreezeError, "403 FORBIDDEN' on URL /"):
            self.freeze(self.app)

    def test_another_application_changes_nothing(self) -> None:
        create_app(TEST_SETTINGS, SITE_NAME="Other")
        page = self.freeze(self.app).joinpath("index.html").read_text("utf-8")
        self.assertNotIn("Other", page)
