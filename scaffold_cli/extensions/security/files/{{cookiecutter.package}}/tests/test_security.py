"""Accounts and roles, through the pages as a browser uses them, with CSRF protection."""

from urllib.parse import urljoin

from flask import session
from flask_security import hash_password
from sqlalchemy import select
from werkzeug.test import TestResponse

from ..app import create_app
from ..extensions import db
from ..manage import manager
from ..models import User
from .base import TEST_SETTINGS, AppTestCase
from .csrf import submit, token_from

EMAIL = "ada@example.com"
PASSWORD = "correct horse battery"
NEW = "a better one by far"


class AccountTestCase(AppTestCase):
    """Somebody at a browser, who has an account."""

    def setUp(self) -> None:
        super().setUp()
        security = self.app.extensions["security"]
        security.datastore.create_user(
            email=EMAIL,
            password=hash_password(PASSWORD),
            confirmed_at=security.datetime_factory(),
        )
        db.session.commit()

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
        """Return the user as the database has it."""
        db.session.expire_all()
        return db.session.scalars(select(User).filter_by(email=EMAIL)).one()

    def run_command(self, *words: str) -> None:
        """Run a command of manage.py."""
        result = self.runner.invoke(manager, words)
        self.assertEqual(0, result.exit_code, result.output)


class AccountsTest(AccountTestCase):
    def test_log_in_and_log_out(self) -> None:
        self.assertEqual("/account", self.log_in().location)
        page = self.client.get("/account").get_data(as_text=True)
        self.assertIn(f"<p>{EMAIL}, since", page)
        self.assertEqual("/", self.log_out().location)
        self.assertFalse(self.is_logged_in())

    def test_it_logs_in_however_the_address_is_written(self) -> None:
        self.assertEqual("/account", self.log_in(email="ADA@Example.com").location)

    def test_a_wrong_password_or_address_says_the_same(self) -> None:
        pages = []
        for email in (EMAIL, "bob@example.com"):
            answer = self.log_in(email=email, password="wrong")
            page = answer.get_data(as_text=True)
            self.assertIn('class="errors"', page)
            pages.append(page.replace(token_from(page), "").replace(email, ""))
            self.assertFalse(self.is_logged_in())
        self.assertEqual(*pages)

    def test_passwords_are_kept_as_argon2id(self) -> None:
        self.assertTrue(str(self.user().password).startswith("$argon2id$"))

    def test_who_is_not_active_is_not_let_in(self) -> None:
        self.user().active = False
        db.session.commit()
        self.log_in()
        self.assertFalse(self.is_logged_in())

    def test_another_password_ends_the_sessions_that_there_are(self) -> None:
        self.log_in()
        self.run_command("users", "change_password", EMAIL, "--password", NEW)
        self.assertFalse(self.is_logged_in())
        self.assertEqual("/account", self.log_in(password=NEW).location)

    def test_the_password_is_changed_on_a_page(self) -> None:
        self.log_in()
        page = self.client.get("/change").get_data(as_text=True)
        fields = {"new_password": NEW, "new_password_confirm": NEW}
        form = {"csrf_token": token_from(page), "password": PASSWORD, **fields}
        with self.client.post("/change", data=form) as answer:
            self.assertEqual("/account", answer.location)
        self.log_out()
        self.assertEqual("/account", self.log_in(password=NEW).location)

    def test_the_address_is_asked_for_first(self) -> None:
        page = self.client.get("/login").get_data(as_text=True)
        self.assertLess(page.index('name="email"'), page.index('name="password"'))

    def test_the_pages_are_ours(self) -> None:
        ours = 'href="#content"'
        for path in ("/login", "/register"):
            self.assertIn(ours, self.client.get(path).get_data(as_text=True))
        self.log_in()
        for path in ("/account", "/change", "/verify"):
            self.assertIn(ours, self.client.get(path).get_data(as_text=True))


class RolesTest(AccountTestCase):
    def test_users_are_shown_to_admins_only(self) -> None:
        self.assertEqual(302, self.client.get("/users").status_code)
        self.log_in()
        self.assertEqual(403, self.client.get("/users").status_code)
        self.run_command("roles", "create", "admin")
        self.run_command("roles", "add", EMAIL, "admin")
        page = self.client.get("/users").get_data(as_text=True)
        self.assertIn(f"<td>{EMAIL}</td>", page)


class SessionsTest(AccountTestCase):
    def test_log_in_leads_on_to_where_one_was_going(self) -> None:
        path = self.client.get("/account?tab=1").location
        self.assertEqual("/account?tab=1", self.log_in(path).location)

    def test_log_in_never_leads_to_another_site(self) -> None:
        for target in (
            "https://evil.example/",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            "javascript:alert(1)",
        ):
            with self.subTest(target):
                self.client = self.app.test_client()
                location = self.log_in(next=target).location or ""
                self.assertNotRegex(location, r"[\\\s]")
                there = urljoin("http://localhost/login", location)
                self.assertTrue(there.startswith("http://localhost/"), there)

    def test_log_in_and_log_out_need_the_token(self) -> None:
        self.log_in()
        for path in ("/login", "/logout", "/register"):
            self.assertEqual(400, self.client.post(path).status_code)
        self.assertTrue(self.is_logged_in())

    def test_log_out_needs_a_post(self) -> None:
        self.log_in()
        self.assertEqual(405, self.client.get("/logout").status_code)
        self.assertTrue(self.is_logged_in())

    def test_nothing_planted_in_the_session_survives_log_in(self) -> None:
        with self.client.session_transaction() as before:
            before.update(csrf_token="planted", planted=True, color_scheme="dark")
        with self.client:
            self.log_in()
            self.assertNotIn("planted", session)
            self.assertNotEqual("planted", session.get("csrf_token"))
            self.assertEqual("dark", session["color_scheme"])


class ApplicationsTest(AppTestCase):
    def test_each_application_has_its_own_pages(self) -> None:
        closed = create_app(TEST_SETTINGS, SECURITY_REGISTERABLE=False).test_client()
        create_app(TEST_SETTINGS)
        self.assertEqual(404, closed.get("/register").status_code)
        self.assertEqual(200, closed.get("/login").status_code)
        self.assertEqual(200, self.client.get("/register").status_code)
