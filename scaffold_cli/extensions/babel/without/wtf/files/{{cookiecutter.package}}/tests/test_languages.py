"""Visitors choose the language of the pages."""

from .base import AppTestCase


class ChooseLanguageTest(AppTestCase):
    def test_what_is_chosen_is_kept(self) -> None:
        response = self.client.post("/languages", data={"language": "de"})
        self.assertEqual(302, response.status_code)
        self.assertIn('<html lang="de">', self.client.get("/").text)

    def test_only_the_languages_there_are_can_be_chosen(self) -> None:
        response = self.client.post("/languages", data={"language": "xx"})
        self.assertEqual(400, response.status_code)
