"""Forms are Bootstrap's."""

from .base import AppTestCase
from .csrf import submit


class BootstrapFormsTest(AppTestCase):
    def test_fields_and_buttons_have_its_classes(self) -> None:
        page = self.client.get("/preferences").text
        self.assertRegex(page, r'<select [^>]*class="[^"]*form-select')
        self.assertRegex(page, r'<input [^>]*class="btn btn-primary')

    def test_a_field_with_errors_looks_so(self) -> None:
        self.assertNotIn("is-invalid", self.client.get("/preferences").text)
        page = submit(self.client, "/preferences", color_scheme="none").text
        self.assertRegex(page, r'<select [^>]*class="form-select is-invalid"')
        self.assertIn("<li>Not a valid choice", page)
