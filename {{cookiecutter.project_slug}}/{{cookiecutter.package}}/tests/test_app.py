"""The application factory."""

import importlib
from unittest.mock import patch

from flask import Flask, flash, request

from ..app import create_app
from ..core import SettingsError
from .base import TEST_SETTINGS, AppTestCase


class FactoryTest(AppTestCase):
    def test_importing_the_package_makes_no_app(self) -> None:
        module = importlib.import_module(create_app.__module__)
        self.assertNotIn("app", vars(module))

    def test_app_is_made_when_a_server_asks_for_it_and_kept(self) -> None:
        module = importlib.import_module(create_app.__module__)
        self.addCleanup(vars(module).pop, "app", None)
        with patch.object(module, "create_app", return_value=self.app) as factory:
            self.assertIs(module.app, self.app)
            self.assertIs(module.app, self.app)
        factory.assert_called_once_with()

    def test_applications_of_one_process_keep_their_own_settings(self) -> None:
        backend = create_app(TEST_SETTINGS, SITE_NAME="Backend")
        frontend = create_app(TEST_SETTINGS, SITE_NAME="Frontend")
        self.assertIn("Backend", backend.test_client().get("/").text)
        self.assertIn("Frontend", frontend.test_client().get("/").text)

    def test_applications_are_mounted_below_prefixes(self) -> None:
        self.app.mount({"/backend": create_app(TEST_SETTINGS, SITE_NAME="Backend")})
        self.assertIn("Backend", self.client.get("/backend/").text)
        self.assertNotIn("Backend", self.client.get("/").text)


class SecurityTest(AppTestCase):
    def test_refuses_to_start_without_a_secret_key(self) -> None:
        off = {**TEST_SETTINGS, "TESTING": False, "SECRET_KEY": ""}
        with self.assertRaisesRegex(SettingsError, "SECRET_KEY is not set"):
            create_app(off)

    def test_session_cookie_is_guarded(self) -> None:
        cookie = self.session_cookie(create_app(TEST_SETTINGS))
        for attribute in ["Secure", "HttpOnly", "SameSite=Lax"]:
            self.assertIn(attribute, cookie)

    def test_session_cookie_works_over_http_in_debug(self) -> None:
        cookie = self.session_cookie(create_app(TEST_SETTINGS, DEBUG=True))
        self.assertNotIn("Secure", cookie)

    def test_forwarded_headers_are_ignored(self) -> None:
        self.assertEqual(self.seen_by(create_app(TEST_SETTINGS)), "http 127.0.0.1")

    def test_forwarded_headers_of_trusted_proxies_are_believed(self) -> None:
        app = create_app(TEST_SETTINGS, TRUSTED_PROXIES=1)
        self.assertEqual(self.seen_by(app), "https 192.0.2.7")

    def session_cookie(self, app: Flask) -> str:
        """Return the header that sets the cookie of a session."""

        @app.get("/flash")
        def flashing() -> tuple[str, int]:
            flash("Hello")
            return "", 204

        return app.test_client().get("/flash").headers["Set-Cookie"]

    def seen_by(self, app: Flask) -> str:
        """Return what the application takes for the scheme and address of a client."""

        @app.get("/who")
        def who() -> str:
            return f"{request.scheme} {request.remote_addr}"

        headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
        return app.test_client().get("/who", headers=headers).text
