"""Links for those who forgot their password, by mail."""

import io
import re
from contextlib import redirect_stdout

from flask_mail import Message

from ..app import create_app
from ..auth.accounts import add_user
from ..core import SettingsError
from ..extensions import mail
from .base import TEST_SETTINGS, AppTestCase
from .csrf import submit, token_from

EMAIL = "ada@example.com"
PASSWORD = "correct horse battery"
NEW = "a better one by far"


class PasswordMailTest(AppTestCase):
    def setUp(self) -> None:
        super().setUp()
        add_user(EMAIL, PASSWORD)

    def ask(self, email: str, host: str = "localhost") -> list[Message]:
        """Ask for a link, and return what was mailed."""
        site = f"http://{host}"
        page = self.client.get("/reset", base_url=site).get_data(as_text=True)
        form = {"csrf_token": token_from(page), "email": email}
        with redirect_stdout(io.StringIO()), mail.record_messages() as outbox:
            with self.client.post("/reset", data=form, base_url=site) as response:
                self.assertEqual("/login", response.location)
            return list(outbox)

    def path_in(self, message: Message) -> str:
        """Return the path of the link in a message."""
        found = re.search(r"/reset/\S+", message.body or "")
        assert found
        return found[0]

    def test_a_link_comes_by_mail_and_sets_another_password(self) -> None:
        [message] = self.ask("ADA@example.com")
        self.assertEqual([EMAIL], message.recipients)
        submit(self.client, self.path_in(message), password=NEW, repeated=NEW)
        answer = submit(self.client, "/login", email=EMAIL, password=NEW)
        self.assertEqual("/account", answer.location)

    def test_the_answer_is_the_same_without_an_account(self) -> None:
        pages = []
        for email in (EMAIL, "bob@example.com"):
            sent = self.ask(email)
            self.assertEqual(email == EMAIL, bool(sent))
            pages.append(self.client.get("/login").get_data(as_text=True))
        self.assertIn("a link is on its way", pages[0])
        token = token_from(pages[0])
        self.assertEqual(pages[0], pages[1].replace(token_from(pages[1]), token))

    def test_links_lead_to_the_site_whatever_host_is_asked(self) -> None:
        self.app.config["SITE_URL"] = "https://www.example.com"
        [message] = self.ask(EMAIL, host="evil.example")
        self.assertIn("\nhttps://www.example.com/reset/", message.body or "")

    def test_no_link_is_sent_before_it_is_known_where_the_site_is(self) -> None:
        settings = {"TESTING": False, "MAIL_SERVER": "127.0.0.1", "SITE_URL": ""}
        with self.assertRaisesRegex(SettingsError, "SITE_URL is not set"):
            create_app(TEST_SETTINGS, **settings)

    def test_the_log_in_page_shows_the_way(self) -> None:
        self.assertIn('href="/reset"', self.client.get("/login").get_data(as_text=True))
