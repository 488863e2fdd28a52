"""Registering."""

from werkzeug.test import TestResponse

from .base import AppTestCase
from .csrf import submit

EMAIL = "ada@example.com"
PASSWORD = "correct horse battery"


class RegistrationTest(AppTestCase):
    def register(self, **fields: str) -> TestResponse:
        """Fill in the form for an account, as somebody new."""
        self.client = self.app.test_client()
        filled = {"password": PASSWORD, "password_confirm": PASSWORD, **fields}
        return submit(self.client, "/register", **filled)

    def test_who_registers_is_logged_in(self) -> None:
        self.register(email=EMAIL)
        page = self.client.get("/account").get_data(as_text=True)
        self.assertIn(EMAIL, page)

    def test_an_address_registers_once_however_it_is_written(self) -> None:
        for email in (EMAIL, "ADA@Example.com"):
            self.register(email=email)
        self.assertEqual(302, self.client.get("/account").status_code)

    def test_bad_addresses_and_passwords_are_refused(self) -> None:
        for bad in (
            {"email": "ada"},
            {"email": EMAIL, "password": "short", "password_confirm": "short"},
            {"email": EMAIL, "password_confirm": "another password"},
        ):
            page = self.register(**bad).get_data(as_text=True)
            self.assertIn('class="errors"', page)
