"""The {{ cookiecutter.blueprint }} pages."""

from flask import url_for

from .base import AppTestCase


class PagesTest(AppTestCase):
    def test_shows_its_first_page(self) -> None:
        url = url_for("{{ cookiecutter.blueprint }}.index")
        page = self.client.get(url)
        self.assertEqual(page.status_code, 200)
        self.assertIn("<h1>", page.text)
