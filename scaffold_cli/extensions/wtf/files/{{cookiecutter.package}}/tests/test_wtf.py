"""Forms are taken with their token only, and the preferences hold on every page."""

from .base import AppTestCase
from .csrf import submit

DARK = "color-scheme/dark.css"


class PreferencesTest(AppTestCase):
    def test_a_post_without_token_is_refused_in_plain_words(self) -> None:
        response = self.client.post("/preferences", data={"color_scheme": "dark"})
        self.assertEqual(400, response.status_code)
        self.assertIn("reload the page", response.get_data(as_text=True))
        self.assertNotIn(DARK, self.client.get("/").get_data(as_text=True))

    def test_what_is_chosen_is_kept_and_applied_on_every_page(self) -> None:
        response = submit(self.client, "/preferences", color_scheme="dark")
        self.assertEqual(302, response.status_code)
        form = self.client.get("/preferences").get_data(as_text=True)
        self.assertIn('<option selected value="dark">', form)
        self.assertIn(DARK, self.client.get("/").get_data(as_text=True))

    def test_at_first_pages_follow_the_device(self) -> None:
        page = self.client.get("/").get_data(as_text=True)
        self.assertNotIn("color-scheme/", page)

    def test_only_the_choices_are_taken(self) -> None:
        response = submit(self.client, "/preferences", color_scheme="../../x")
        self.assertIn("Not a valid choice", response.get_data(as_text=True))
        with self.client.session_transaction() as session:
            self.assertNotIn("color_scheme", session)
