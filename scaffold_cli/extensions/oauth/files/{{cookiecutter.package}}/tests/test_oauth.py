"""Log-in with a provider of OpenID Connect that runs on this machine."""

from urllib.parse import parse_qs, urlsplit

from flask import session
from joserfc.jwk import RSAKey

from ..app import create_app
from .base import TEST_SETTINGS, AppTestCase
from .provider_case import ProviderTestCase


class LoginTest(ProviderTestCase):
    def test_whom_the_provider_recognises_is_logged_in(self) -> None:
        self.assertFalse(self.is_logged_in())
        self.assertEqual(self.account, self.log_in())
        page = self.client.get(self.account).get_data(as_text=True)
        self.assertIn("ada@example.com", page)

    def test_the_address_may_come_later(self) -> None:
        self.provider.only_userinfo = True
        self.log_in()
        page = self.client.get(self.account).get_data(as_text=True)
        self.assertIn("ada@example.com", page)

    def test_it_leads_on_to_where_one_was_going_on_this_site_only(self) -> None:
        self.assertEqual("/?a=1", self.log_in("/oauth/login?next=/%3Fa%3D1"))
        for target in ("https://evil.example", "//evil.example", "/%5Cevil.example"):
            self.assertEqual(self.account, self.log_in(f"/oauth/login?next={target}"))

    def test_nothing_planted_in_the_session_survives(self) -> None:
        with self.client.session_transaction() as before:
            before["planted"] = True
        with self.client:
            self.log_in()
            self.assertNotIn("planted", session)


class DoubtTest(ProviderTestCase):
    def refused(self, path: str) -> None:
        """Expect that coming back by a path logs nobody in."""
        with self.assertLogs(self.app.logger):
            self.client.get(path)
        self.assertFalse(self.is_logged_in())

    def test_tokens_that_are_not_meant_for_us_are_refused(self) -> None:
        honest = self.provider.claims
        for claim in (
            {"aud": "another"},
            {"iss": "https://evil.example"},
            {"nonce": "another"},
            {"exp": 1},
        ):
            with self.subTest(claim):
                self.provider.claims = {**honest, **claim}
                self.refused(self.come_back())

    def test_a_token_signed_by_another_is_refused(self) -> None:
        self.provider.key = RSAKey.generate_key(2048)
        self.refused(self.come_back())

    def test_a_code_logs_in_once(self) -> None:
        path = self.come_back()
        self.client.get(path)
        self.client = self.app.test_client()
        self.refused(path)

    def test_another_visitor_cannot_use_it(self) -> None:
        path = self.come_back()
        self.client = self.app.test_client()
        self.refused(path)

    def test_who_changes_their_mind_comes_back_all_the_same(self) -> None:
        self.refused("/oauth/callback?error=access_denied")

    def test_a_provider_out_of_reach_is_said_to_be_so(self) -> None:
        self.provider.server_close()
        self.provider.shutdown()
        with self.assertLogs(self.app.logger):
            response = self.client.get("/oauth/login")
        page = self.client.get(response.location).get_data(as_text=True)
        self.assertIn("Please try again", page)


class ApplicationsTest(ProviderTestCase):
    def test_each_application_is_its_own_client(self) -> None:
        settings = {**self.provider.settings(), "OAUTH_CLIENT_ID": "another"}
        other = create_app(TEST_SETTINGS, **settings)
        for client, name in ((self.client, "shop"), (other.test_client(), "another")):
            there = urlsplit(client.get("/oauth/login").location)
            self.assertEqual([name], parse_qs(there.query)["client_id"])


class WithoutTest(AppTestCase):
    def test_without_a_provider_there_is_no_such_log_in(self) -> None:
        self.assertEqual(404, self.client.get("/oauth/login").status_code)
