"""Pages are in the visitor's language, and what was translated is compiled."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from babel.messages import Catalog
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from flask import abort
from flask_babel import format_decimal, get_locale

from .. import catalogs
from ..app import create_app
from ..languages.selection import LANGUAGES
from .base import TEST_SETTINGS, AppTestCase

GERMAN = {"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"}


class LanguageTest(AppTestCase):
    def test_pages_are_in_the_language_that_the_browser_asks_for(self) -> None:
        for headers, tag, text in (
            ({}, "en", "Skip to content"),
            (GERMAN, "de", "Zum Inhalt springen"),
            ({"Accept-Language": "uk"}, "uk", "Перейти до вмісту"),
            ({"Accept-Language": "xx"}, "en", "Skip to content"),
        ):
            with self.subTest(tag):
                page = self.client.get("/", headers=headers)
                self.assertIn(f'<html lang="{tag}">', page.text)
                self.assertIn(text, page.text)
                self.assertEqual(tag, page.headers["Content-Language"])
                self.assertIn("Accept-Language", page.headers["Vary"])

    def test_what_the_visitor_chose_counts_more(self) -> None:
        with self.client.session_transaction() as session:
            session["language"] = "uk"
        page = self.client.get("/languages", headers=GERMAN)
        self.assertIn("<h1>Мова</h1>", page.text)

    def test_error_pages_are_translated(self) -> None:
        page = self.client.get("/missing", headers=GERMAN)
        self.assertEqual(404, page.status_code)
        self.assertIn("<h1>Nicht gefunden</h1>", page.text)
        self.assertIn("prüfen Sie bitte die Schreibweise", page.text)

    def test_what_an_error_quotes_is_no_html(self) -> None:
        @self.app.get("/quoting")
        def quoting() -> str:
            abort(400, "<b>50% off</b>")

        page = self.client.get("/quoting", headers=GERMAN)
        self.assertIn("&lt;b&gt;50% off&lt;/b&gt;", page.text)

    def test_two_applications_have_languages_of_their_own(self) -> None:
        german = create_app(TEST_SETTINGS, BABEL_DEFAULT_LOCALE="de")
        self.assertIn('lang="de"', german.test_client().get("/").text)
        self.assertIn('lang="en"', self.client.get("/").text)

    def test_outside_of_requests_the_default_holds(self) -> None:
        app = create_app(TEST_SETTINGS, BABEL_DEFAULT_LOCALE="uk")
        with app.app_context():
            self.assertEqual("uk", str(get_locale()))

    def test_numbers_are_written_as_the_language_does(self) -> None:
        with self.app.test_request_context(headers=GERMAN):
            self.assertEqual("1.234,5", format_decimal(1234.5))


class CatalogsTest(AppTestCase):
    def test_each_language_has_a_catalogue_that_is_compiled(self) -> None:
        for language in LANGUAGES.keys() - {"en"}:
            folder = catalogs.TRANSLATIONS / language / "LC_MESSAGES"
            with self.subTest(language):
                with (folder / "messages.po").open("rb") as file:
                    written = read_po(file, locale=language)
                with (folder / "messages.mo").open("rb") as file:
                    compiled = read_mo(file)
                self.assertEqual(self.texts(written), self.texts(compiled))

    def test_new_texts_are_collected_for_a_new_language(self) -> None:
        with TemporaryDirectory() as folder:
            copy = Path(folder, "translations")
            shutil.copytree(catalogs.TRANSLATIONS, copy)
            with patch.object(catalogs, "TRANSLATIONS", copy):
                catalogs.add_catalog("fr")
                catalogs.update_catalogs()
                catalogs.compile_catalogs()
            text = (copy / "fr/LC_MESSAGES/messages.po").read_text("utf-8")
            self.assertIn('msgid "Skip to content"\nmsgstr ""\n', text)
            text = (copy / "de/LC_MESSAGES/messages.po").read_text("utf-8")
            self.assertIn('msgstr "Zum Inhalt springen"\n', text)

    def texts(self, catalog: Catalog) -> dict[object, object]:
        """Return the texts that a catalogue translates."""
        return {m.id: m.string for m in catalog if m.id and m.string}
