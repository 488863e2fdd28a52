"""The {{ cookiecutter.app }}, an application of its own."""

from flask import url_for

from ..app import create_app
from ..core import App
from .base import TEST_SETTINGS, AppTestCase

SETTINGS = ".{{ cookiecutter.app }}.settings"


class ApplicationTest(AppTestCase):
    def create_app(self) -> App:
        """Make it alone."""
        return create_app([SETTINGS, TEST_SETTINGS])

    def test_shows_its_first_page(self) -> None:
        page = self.client.get(url_for("{{ cookiecutter.app }}.index"))
        self.assert200(page)
        self.assertIn("<h1>", page.text)

    def test_has_a_name_and_blueprints_of_its_own(self) -> None:
        self.assertEqual(self.app.name, "{{ cookiecutter.app }}")
        self.assertNotIn("public", self.app.blueprints)

    def test_error_pages_are_its_own(self) -> None:
        page = self.client.get("/missing")
        self.assert404(page)
        self.assertIn(self.app.config["SITE_NAME"], page.text)

    def test_is_mounted_below_its_prefix(self) -> None:
        client = create_app(TEST_SETTINGS).test_client()
        page = client.get("/{{ cookiecutter.app }}/")
        self.assert200(page)
        self.assertIn("/{{ cookiecutter.app }}/static/", page.text)
