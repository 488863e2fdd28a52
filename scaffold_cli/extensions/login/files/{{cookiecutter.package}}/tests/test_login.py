"""Accounts, through the pages as a browser uses them, with CSRF protection on."""

from unittest.mock import patch

from argon2 import PasswordHasher
from flask import session
from sqlalchemy import select
from werkzeug.test import TestResponse

from ..auth.accounts import add_user
from ..auth.sessions import is_local
from ..extensions import db
from ..manage import manager
from ..models import User
from .base import AppTestCase
from .csrf import submit, token_from

EMAIL = "ada@example.com"
PASSWORD = "correct horse battery"


class AccountTestCase(AppTestCase):
    """Somebody at a browser."""

    def register(self, **fields: str) -> TestResponse:
        """Fill in the form for an account."""
        filled = {"email": EMAIL, "password": PASSWORD, "repeated": PASSWORD}
        return submit(self.client, "/register", **(filled | fields))

    def log_in(self, path: str = "/login", **fields: str) -> TestResponse:
        """Fill in the form to log in."""
        filled = {"email": EMAIL, "password": PASSWORD}
        return submit(self.client, path, **(filled | fields))

    def log_out(self) -> TestResponse:
        """Press the button in the navigation."""
        token = token_from(self.client.get("/account").get_data(as_text=True))
        return self.client.post("/logout", data={"csrf_token": token})

    def is_logged_in(self) -> bool:
        """Look whether the account page is shown."""
        return self.client.get("/account").status_code == 200

    def user(self) -> User:
        """Return the one user that there is, as the database has it."""
        db.session.expire_all()
        return db.session.scalars(select(User)).one()


class AccountsTest(AccountTestCase):
    def test_register_log_out_and_log_in_again(self) -> None:
        self.assertEqual("/account", self.register().location)
        page = self.client.get("/account").get_data(as_text=True)
        self.assertIn(f"<p>{EMAIL}, since", page)
        self.log_out()
        self.assertFalse(self.is_logged_in())
        self.assertEqual("/account", self.log_in().location)
        self.assertTrue(self.is_logged_in())

    def test_a_wrong_password_or_address_says_the_same(self) -> None:
        self.register()
        self.log_out()
        for wrong in ({"password": "wrong"}, {"email": "bob@example.com"}):
            page = self.log_in(**wrong).get_data(as_text=True)
            self.assertIn("The address or the password is wrong.", page)
            self.assertFalse(self.is_logged_in())

    def test_an_address_registers_once_however_it_is_written(self) -> None:
        self.register()
        self.log_out()
        page = self.register(email="ADA@Example.com").get_data(as_text=True)
        self.assertIn("This address has an account already.", page)
        self.assertEqual(EMAIL, self.user().email)

    def test_it_logs_in_however_it_is_written(self) -> None:
        self.register()
        self.log_out()
        self.assertEqual("/account", self.log_in(email="ADA@Example.com").location)

    def test_bad_addresses_and_passwords_are_refused(self) -> None:
        for bad in (
            {"email": "ada"},
            {"password": "short", "repeated": "short"},
            {"repeated": "another password"},
        ):
            page = self.register(**bad).get_data(as_text=True)
            self.assertIn('class="errors"', page)
        self.assertIsNone(db.session.scalar(select(User)))

    def test_an_account_that_is_gone_is_logged_out(self) -> None:
        self.register()
        db.session.delete(self.user())
        db.session.commit()
        self.assertFalse(self.is_logged_in())


class PasswordsTest(AccountTestCase):
    def test_passwords_are_kept_as_argon2id(self) -> None:
        self.register()
        self.assertTrue(self.user().password_hash.startswith("$argon2id$"))

    def test_a_hash_with_old_parameters_is_renewed_at_log_in(self) -> None:
        self.register()
        self.log_out()
        old = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
        self.user().password_hash = old
        db.session.commit()
        self.log_in()
        self.assertNotEqual(old, self.user().password_hash)
        self.log_out()
        self.assertEqual("/account", self.log_in().location)


class ResetTest(AccountTestCase):
    NEW = "a better one by far"

    def link(self, email: str = EMAIL) -> str:
        """Return the link that the command prints."""
        result = self.runner.invoke(manager, ["reset-link", email])
        self.assertEqual(0, result.exit_code, result.output)
        return result.output.strip()

    def follow(self, link: str, password: str = NEW) -> TestResponse:
        """Open a link and fill in its form."""
        return submit(self.client, link, password=password, repeated=password)

    def test_a_link_sets_another_password(self) -> None:
        self.register()
        self.log_out()
        self.assertEqual("/login", self.follow(self.link()).location)
        self.assertIsNone(self.log_in().location)
        self.assertEqual("/account", self.log_in(password=self.NEW).location)

    def test_it_works_once(self) -> None:
        self.register()
        self.log_out()
        links = [self.link(), self.link()]
        self.follow(links[0])
        for link in links:
            self.assertEqual("/login", self.client.get(link).location)

    def test_it_does_not_work_for_long(self) -> None:
        self.register()
        link = self.link()
        self.app.config["PASSWORD_RESET_MINUTES"] = -1
        self.assertEqual("/login", self.client.get(link).location)

    def test_it_is_for_its_user_only(self) -> None:
        self.register()
        add_user("bob@example.com", "the password of bob")
        link = self.link("bob@example.com")
        self.follow(link)
        self.log_out()
        self.assertEqual("/account", self.log_in().location)

    def test_no_other_token_is_taken(self) -> None:
        self.register()
        link = self.link()
        for token in ("x", "1", link.partition("/reset/")[2][:-1] + "~"):
            self.assertEqual("/login", self.client.get(f"/reset/{token}").location)

    def test_another_key_signs_other_tokens(self) -> None:
        self.register()
        with patch.dict(self.app.config, SECRET_KEY="another"):
            link = self.link()
        self.assertEqual("/login", self.client.get(link).location)

    def test_another_password_ends_the_sessions_that_there_are(self) -> None:
        self.register()
        elsewhere = self.app.test_client()
        submit(elsewhere, self.link(), password=self.NEW, repeated=self.NEW)
        self.assertFalse(self.is_logged_in())

    def test_without_an_account_the_command_says_so(self) -> None:
        result = self.runner.invoke(manager, ["reset-link", EMAIL])
        self.assertEqual(1, result.exit_code)


class SessionsTest(AccountTestCase):
    def test_log_in_leads_on_to_where_one_was_going(self) -> None:
        self.register()
        self.log_out()
        path = self.client.get("/account?tab=1").location
        self.assertEqual("/account?tab=1", self.log_in(path).location)

    def test_log_in_never_leads_to_another_site(self) -> None:
        self.register()
        self.log_out()
        response = self.log_in("/login?next=https://evil.example/")
        self.assertEqual("/account", response.location)

    def test_only_paths_are_local(self) -> None:
        for target in ("/", "/account?tab=1", "/a//b"):
            self.assertTrue(is_local(target), target)
        for target in (
            "",
            "account",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "/\n/evil.example",
            " //evil.example",
            "https://evil.example",
            "javascript:alert(1)",
        ):
            self.assertFalse(is_local(target), target)

    def test_log_in_and_log_out_need_the_token(self) -> None:
        self.register()
        for path in ("/login", "/logout", "/register"):
            self.assertEqual(400, self.client.post(path).status_code)
        self.assertTrue(self.is_logged_in())

    def test_log_out_needs_a_post(self) -> None:
        self.register()
        self.assertEqual(405, self.client.get("/logout").status_code)
        self.assertTrue(self.is_logged_in())

    def test_nothing_planted_in_the_session_survives_log_in(self) -> None:
        self.register()
        self.log_out()
        with self.client.session_transaction() as before:
            before.update(csrf_token="planted", planted=True, color_scheme="dark")
        with self.client:
            self.log_in()
            self.assertNotIn("planted", session)
            self.assertNotEqual("planted", session.get("csrf_token"))
            self.assertEqual("dark", session["color_scheme"])

    def test_who_asks_for_it_stays_logged_in_by_a_cookie_out_of_reach(self) -> None:
        self.app.config["REMEMBER_COOKIE_SECURE"] = True
        self.register()
        self.log_out()
        response = self.log_in(remember="y")
        cookies = response.headers.getlist("Set-Cookie")
        cookie = next(c for c in cookies if c.startswith("remember_token="))
        for flag in ("Secure", "HttpOnly", "SameSite=Lax"):
            self.assertIn(flag, cookie)
        self.client.delete_cookie("session")
        self.assertTrue(self.is_logged_in())
        self.log_out()
        self.assertFalse(self.is_logged_in())
