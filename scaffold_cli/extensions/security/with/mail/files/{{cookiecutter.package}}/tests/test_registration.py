"""Accounts are confirmed and recovered by mail, which strangers learn nothing from."""

import io
import re
from contextlib import redirect_stdout

from flask_mail import Message
from flask_security import hash_password

from ..app import create_app
from ..core import SettingsError
from ..extensions import db, mail
from .base import TEST_SETTINGS, AppTestCase
from .csrf import submit, token_from

EMAIL = "ada@example.com"
PASSWORD = "correct horse battery"
NEW = "a better one by far"


class MailedTestCase(AppTestCase):
    """Somebody at a browser, and at a mailbox."""

    def send(self, path: str, host: str = "localhost", **fields: str) -> list[Message]:
        """Fill in a form, and return what was mailed."""
        site = f"http://{host}"
        page = self.client.get(path, base_url=site).get_data(as_text=True)
        form = {"csrf_token": token_from(page), **fields}
        with redirect_stdout(io.StringIO()), mail.record_messages() as outbox:
            self.client.post(path, data=form, base_url=site).close()
            return list(outbox)

    def register(self, email: str = EMAIL) -> list[Message]:
        """Fill in the form for an account."""
        fields = {"password": PASSWORD, "password_confirm": PASSWORD}
        return self.send("/register", email=email, **fields)

    def path_in(self, message: Message) -> str:
        """Return the path of the link in a message."""
        found = re.search(r"https?://[^/]+(/\S+)", message.body or "")
        assert found
        return found[1]

    def can_log_in(self, password: str = PASSWORD) -> bool:
        """Try to log in, as somebody new."""
        self.client = self.app.test_client()
        submit(self.client, "/login", email=EMAIL, password=password)
        return self.client.get("/account").status_code == 200


class RegistrationTest(MailedTestCase):
    def test_an_address_has_to_be_confirmed(self) -> None:
        [message] = self.register()
        self.assertEqual([EMAIL], message.recipients)
        self.assertFalse(self.can_log_in())
        self.client.get(self.path_in(message))
        self.assertTrue(self.can_log_in())

    def test_a_known_address_is_told_so_by_mail_only(self) -> None:
        self.register()
        pages = []
        for email in (EMAIL, "bob@example.com"):
            self.assertEqual([[email]], [m.recipients for m in self.register(email)])
            page = self.client.get("/login").get_data(as_text=True)
            pages.append(page.replace(email, "").replace(token_from(page), ""))
        self.assertEqual(*pages)

    def test_the_link_is_sent_once_more(self) -> None:
        self.register()
        [message] = self.send("/confirm", email=EMAIL)
        self.client.get(self.path_in(message))
        self.assertTrue(self.can_log_in())


class RecoveryTest(MailedTestCase):
    def setUp(self) -> None:
        super().setUp()
        security = self.app.extensions["security"]
        for email in (EMAIL, "bob@example.com"):
            security.datastore.create_user(
                email=email,
                password=hash_password(PASSWORD),
                confirmed_at=security.datetime_factory(),
            )
        db.session.commit()

    def test_a_link_sets_another_password_once(self) -> None:
        [message] = self.send("/reset", email=EMAIL)
        path = self.path_in(message)
        self.send(path, password=NEW, password_confirm=NEW)
        self.assertFalse(self.can_log_in())
        self.assertTrue(self.can_log_in(NEW))
        self.assertEqual("/reset", self.client.get(path).location)

    def test_it_is_for_its_user_only(self) -> None:
        [message] = self.send("/reset", email="bob@example.com")
        self.send(self.path_in(message), password=NEW, password_confirm=NEW)
        self.assertTrue(self.can_log_in())

    def test_the_answer_is_the_same_without_an_account(self) -> None:
        pages = []
        for email in (EMAIL, "eve@example.com"):
            page = self.client.get("/reset").get_data(as_text=True)
            form = {"csrf_token": token_from(page), "email": email}
            page = self.client.post("/reset", data=form).get_data(as_text=True)
            pages.append(page.replace(email, "").replace(token_from(page), ""))
        self.assertEqual(*pages)

    def test_links_lead_to_the_site_whatever_host_is_asked(self) -> None:
        self.app.config["SITE_URL"] = "https://www.example.com"
        [message] = self.send("/reset", host="evil.example", email=EMAIL)
        self.assertIn("\nhttps://www.example.com/reset/", message.body or "")
        self.assertNotIn("evil", message.body or "")

    def test_no_link_is_sent_before_it_is_known_where_the_site_is(self) -> None:
        settings = {"TESTING": False, "MAIL_SERVER": "127.0.0.1", "SITE_URL": ""}
        with self.assertRaisesRegex(SettingsError, "SITE_URL is not set"):
            create_app(TEST_SETTINGS, **settings)
