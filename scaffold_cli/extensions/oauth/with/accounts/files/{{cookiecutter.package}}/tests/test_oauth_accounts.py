"""Whose account it is that somebody gets from a provider."""

import io
from contextlib import redirect_stdout

from sqlalchemy import select

from ..extensions import db
from ..models import Identity, User
from .csrf import submit
from .provider_case import ProviderTestCase

EMAIL = "ada@example.com"
PASSWORD = "correct horse battery"


class AccountsTest(ProviderTestCase):
    def register(self) -> None:
        """Fill in the form for an account, as a visitor who leaves again."""
        again = {"repeated": PASSWORD, "password_confirm": PASSWORD}
        with redirect_stdout(io.StringIO()):
            submit(self.client, "/register", email=EMAIL, password=PASSWORD, **again)
        self.registered, self.client = self.client, self.app.test_client()

    def users(self) -> list[str]:
        """Return the addresses of all users."""
        return [*db.session.scalars(select(User.email))]

    def refused(self) -> None:
        """Expect that nobody is logged in."""
        with self.assertLogs(self.app.logger):
            self.assertEqual("/login", self.log_in())
        self.assertFalse(self.is_logged_in())

    def test_who_comes_first_gets_an_account_and_who_comes_again_the_same(self) -> None:
        self.log_in()
        self.client = self.app.test_client()
        self.provider.claims["email"] = "ada@another.example"
        self.log_in()
        self.assertTrue(self.is_logged_in())
        self.assertEqual([EMAIL], self.users())

    def test_an_address_that_is_not_verified_gets_nothing(self) -> None:
        self.register()
        for claim in (False, "true", None):
            self.provider.claims["email_verified"] = claim
            self.refused()

    def test_without_an_address_there_is_no_account(self) -> None:
        self.provider.claims = {"sub": "1815"}
        self.refused()
        self.assertEqual([], self.users())

    def test_who_registered_the_address_of_another_is_shut_out(self) -> None:
        self.register()
        self.log_in()
        self.assertTrue(self.is_logged_in())
        self.assertEqual([EMAIL], self.users())
        self.assertNotEqual(200, self.registered.get("/account").status_code)
        submit(self.registered, "/login", email=EMAIL, password=PASSWORD)
        self.assertNotEqual(200, self.registered.get("/account").status_code)

    def test_who_gets_the_address_later_does_not_get_the_account(self) -> None:
        self.log_in()
        self.client = self.app.test_client()
        self.provider.claims["sub"] = "1906"
        self.refused()

    def test_with_an_account_its_identity_goes(self) -> None:
        self.log_in()
        db.session.delete(db.session.scalars(select(User)).one())
        db.session.commit()
        self.assertIsNone(db.session.scalar(select(Identity)))

    def test_the_log_in_page_shows_the_way(self) -> None:
        page = self.client.get("/login").get_data(as_text=True)
        self.assertIn("Log in with OpenID Connect", page)
