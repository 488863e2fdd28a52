"""Security headers are on every answer, and strangers by http are sent to https."""

from unittest.mock import patch

from flask import Flask, render_template_string
from werkzeug.wrappers import Response

from ..app import create_app
from ..security_headers import POLICIES, https
from .base import TEST_SETTINGS, AppTestCase

HTTPS = "https://localhost"


class SecurityHeadersTest(AppTestCase):
    def assert_guarded(self, response: Response) -> None:
        """Check that the headers are there."""
        policy = response.content_security_policy
        self.assertEqual("'self'", policy["default-src"])
        self.assertEqual("'none'", policy["object-src"])
        self.assertIn("frame-ancestors", policy)
        self.assertEqual("nosniff", response.headers["X-Content-Type-Options"])
        self.assertIn("camera=()", response.headers["Permissions-Policy"])
        self.assertIn("Referrer-Policy", response.headers)

    def test_every_page_has_them(self) -> None:
        for rule in self.app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and not rule.arguments:
                with self.subTest(rule.rule), self.client.get(rule.rule) as response:
                    self.assert_guarded(response)

    def test_errors_and_redirects_have_them(self) -> None:
        self.app.config["PROPAGATE_EXCEPTIONS"] = False
        self.app.add_url_rule("/broken", "broken", lambda: str(1 // 0))
        self.app.add_url_rule("/folder/", "folder", lambda: "")
        with self.assertLogs(self.app.logger):
            self.assert_guarded(self.client.get("/broken"))
        for path in ("/missing", "/folder"):
            self.assert_guarded(self.client.get(path))
        self.assert_guarded(self.client.delete("/"))

    def test_inline_scripts_need_the_nonce_of_their_page(self) -> None:
        @self.app.get("/nonce")
        def nonce() -> str:
            return render_template_string("{{ csp_nonce() }}")

        seen = set()
        for _ in range(2):
            response = self.client.get("/nonce")
            policy = response.content_security_policy
            self.assertEqual(f"'self' 'nonce-{response.text}'", policy["script-src"])
            seen.add(response.text)
        self.assertEqual(2, len(seen))

    def test_pages_of_a_blueprint_may_be_allowed_more(self) -> None:
        with patch.dict(POLICIES, public={"media-src": ["'self'", "blob:"]}):
            policy = self.client.get("/").content_security_policy
            self.assertEqual("'self' blob:", policy["media-src"])
            self.assertEqual("'self'", policy["default-src"])
            self.assertNotIn("blob:", str(self.client.get("/missing").headers))

    def test_the_session_cookie_is_as_the_settings_say(self) -> None:
        app = create_app(TEST_SETTINGS, SESSION_COOKIE_SAMESITE="Strict")
        app.test_client().get("/")
        self.assertEqual("Strict", app.config["SESSION_COOKIE_SAMESITE"])
        self.assertTrue(app.config["SESSION_COOKIE_SECURE"])
        self.assertTrue(app.config["SESSION_COOKIE_HTTPONLY"])


class HTTPSTest(AppTestCase):
    def create_forcing_app(self, **settings: object) -> Flask:
        """Make an application that forces https."""
        return create_app(TEST_SETTINGS, FORCE_HTTPS=True, **settings)

    def test_http_is_redirected(self) -> None:
        client = self.create_forcing_app().test_client()
        response = client.post("/missing?a=b")
        self.assertEqual(308, response.status_code)
        self.assertEqual(f"{HTTPS}/missing?a=b", response.location)
        self.assertEqual(200, client.get("/", base_url=HTTPS).status_code)

    def test_load_balancers_are_answered_by_http(self) -> None:
        client = self.create_forcing_app().test_client()
        for path in ("/healthz", "/readyz"):
            self.assertEqual(200, client.get(path).status_code)

    def test_only_trusted_proxies_are_believed(self) -> None:
        headers = {"X-Forwarded-Proto": "https"}
        for count, status in ((0, 308), (1, 200)):
            client = self.create_forcing_app(TRUSTED_PROXIES=count).test_client()
            with self.subTest(count):
                self.assertEqual(status, client.get("/", headers=headers).status_code)

    def test_nothing_is_redirected_in_debug(self) -> None:
        client = self.create_forcing_app(DEBUG=True).test_client()
        self.assertEqual(200, client.get("/").status_code)

    def test_browsers_are_told_to_come_by_https_for_long(self) -> None:
        header = "Strict-Transport-Security"
        self.assertNotIn(header, self.client.get("/").headers)
        response = self.client.get("/", base_url=HTTPS)
        self.assertEqual("max-age=31536000", response.headers[header])

    def test_http_is_found_before_a_deployment(self) -> None:
        self.assertEqual([], list(https(self.create_forcing_app())))
        found = list(https(create_app(TEST_SETTINGS, HSTS_SECONDS=0)))
        names = [finding.message.split()[0] for finding in found]
        self.assertEqual(["FORCE_HTTPS", "HSTS_SECONDS"], names)

    def test_two_applications_keep_their_own_headers(self) -> None:
        short = create_app(TEST_SETTINGS, HSTS_SECONDS=60).test_client()
        forcing = self.create_forcing_app().test_client()
        for client, seconds in ((short, 60), (self.client, 31_536_000)):
            response = client.get("/", base_url=HTTPS)
            self.assertEqual(
                f"max-age={seconds}", response.headers["Strict-Transport-Security"]
            )
        self.assertEqual(200, short.get("/").status_code)
        self.assertEqual(308, forcing.get("/").status_code)
