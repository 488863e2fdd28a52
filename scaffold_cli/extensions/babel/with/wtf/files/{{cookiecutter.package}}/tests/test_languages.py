"""Visitors choose the language of the pages, and forms answer in it."""

from .base import AppTestCase
from .csrf import submit


class ChooseLanguageTest(AppTestCase):
    def test_what_is_chosen_is_kept(self) -> None:
        response = submit(self.client, "/languages", language="de")
        self.assertEqual(302, response.status_code)
        self.assertIn('<html lang="de">', self.client.get("/").text)

    def test_only_the_languages_there_are_can_be_chosen(self) -> None:
        response = submit(self.client, "/languages", language="xx")
        self.assertEqual(400, response.status_code)

    def test_a_form_tells_its_errors_in_the_language(self) -> None:
        submit(self.client, "/languages", language="de")
        response = submit(self.client, "/preferences", color_scheme="xx")
        self.assertIn("Keine gültige Auswahl", response.text)
