"""Markdown files are pages, and nothing in them can harm."""

from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from ..app import create_app
from ..flatpages.pages import render
from .base import TEST_SETTINGS, AppTestCase

PAGE = """---
title: Opening & closing hours
nav: Hours
---

Open from *nine* to five.
"""


class FlatPagesTest(AppTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.folder = Path(self.enterContext(TemporaryDirectory()))

    def create_app_with(self, *, debug: bool = False, **files: str) -> Flask:
        """Make an application with such pages."""
        for name, text in files.items():
            path = self.folder / f"{name.replace('__', '/')}.md"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return create_app(TEST_SETTINGS, DEBUG=debug, FLATPAGES_ROOT=str(self.folder))

    def test_a_file_is_a_page(self) -> None:
        response = self.create_app_with(hours=PAGE).test_client().get("/hours")
        self.assertEqual(200, response.status_code)
        self.assertIn("<h1>Opening &amp; closing hours</h1>", response.text)
        self.assertIn("<p>Open from <em>nine</em> to five.</p>", response.text)

    def test_folders_are_in_the_path(self) -> None:
        client = self.create_app_with(shops__london=PAGE).test_client()
        self.assertEqual(200, client.get("/shops/london").status_code)

    def test_a_page_is_in_the_navigation_if_it_says_so(self) -> None:
        page = self.create_app_with(hours=PAGE, plain="Text.").test_client().get("/")
        self.assertIn('<a href="/hours">Hours</a>', page.text)
        self.assertNotIn("/plain", page.text)

    def test_without_a_title_it_goes_by_its_path(self) -> None:
        page = self.create_app_with(plain="Text.").test_client().get("/plain")
        self.assertIn("<h1>plain</h1>", page.text)
        self.assertIn("<p>Text.</p>", page.text)

    def test_only_the_files_are_pages(self) -> None:
        client = self.create_app_with(hours=PAGE).test_client()
        for path in ("/missing", "/hours.md", "/../app.py", "/%2e%2e/app.py"):
            with self.subTest(path):
                self.assertEqual(404, client.get(path).status_code)

    def test_other_urls_stay_as_they_are(self) -> None:
        self.app.add_url_rule("/folder/", "folder", lambda: "")
        self.app.add_url_rule("/send", "send", lambda: "", methods=["POST"])
        self.assertEqual(308, self.client.get("/folder").status_code)
        self.assertEqual({"status": "ok"}, self.client.get("/healthz").json)
        self.assertEqual(405, self.client.get("/send").status_code)

    def test_a_new_file_is_found_at_once_in_debug(self) -> None:
        client = self.create_app_with(hours=PAGE, debug=True).test_client()
        self.assertEqual(404, client.get("/new").status_code)
        self.folder.joinpath("new.md").write_text("Text.")
        self.assertEqual(200, client.get("/new").status_code)

    def test_two_applications_have_pages_each(self) -> None:
        other = self.create_app_with(hours=PAGE)
        self.assertEqual(404, self.client.get("/hours").status_code)
        self.assertEqual(200, other.test_client().get("/hours").status_code)


class RenderTest(AppTestCase):
    def test_markdown_has_tables_and_code(self) -> None:
        self.assertIn("<td>", render("a | b\n--|--\n1 | 2"))
        self.assertIn("<pre><code>", render("```\nx = 1\n```"))

    def test_what_could_harm_is_taken_out(self) -> None:
        for text in (
            "<script>alert(1)</script>",
            '<p onclick="alert(1)">x</p>',
            "[x](javascript:alert(1))",
            '<p style="position: fixed">x</p>',
        ):
            with self.subTest(text):
                html = render(text)
                for word in ("script", "alert", "style"):
                    self.assertNotIn(word, html)
