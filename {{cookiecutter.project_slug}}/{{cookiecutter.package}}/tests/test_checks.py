"""``manage.py check --deploy`` finds what is not fit for a server."""

from secrets import token_hex

from click.testing import Result
from flask import Flask

from ..app import create_app
from ..core import Manager, checks
from ..core.checks import Check, Finding, check_command
from ..core.readiness import add_need
from .base import TEST_SETTINGS, AppTestCase


class ChecksTest(AppTestCase):
    def assert_found(self, check: Check, level: str, word: str) -> None:
        """Look for a finding whose message has a word in it."""
        found = [(finding.level, finding.message) for finding in check(self.app)]
        self.assertTrue(any(lv == level and word in text for lv, text in found), found)

    def test_a_good_key_is_good(self) -> None:
        self.app.config["SECRET_KEY"] = token_hex()
        self.assertEqual([], list(checks.secret_key(self.app)))

    def test_a_weak_key_is_an_error(self) -> None:
        known = max(checks.WELL_KNOWN, key=len)
        for key, word in {
            "": "not set",
            "changeme": "short: 8 characters",
            "ab" * 40: "easy to guess",
            known: "known to everybody",
        }.items():
            self.app.config["SECRET_KEY"] = key
            self.assert_found(checks.secret_key, "error", word)

    def test_a_weak_key_that_is_still_taken_is_an_error(self) -> None:
        self.app.config["SECRET_KEY"] = token_hex()
        self.app.config["SECRET_KEY_FALLBACKS"] = ["old"]
        self.assert_found(checks.secret_key, "error", "short")

    def test_what_is_for_development_is_an_error(self) -> None:
        self.app.config.update(DEBUG=True, TESTING=True)
        self.assert_found(checks.debug, "error", "FLASK_DEBUG")
        self.assert_found(checks.debug, "error", "TESTING")

    def test_cookies_that_others_get_at_are_found(self) -> None:
        self.assertEqual([], list(checks.cookies(self.app)))
        for name, value, level in (
            ("SESSION_COOKIE_SECURE", False, "error"),
            ("SESSION_COOKIE_HTTPONLY", False, "error"),
            ("SESSION_COOKIE_SAMESITE", "None", "warning"),
        ):
            self.app.config[name] = value
            self.assert_found(checks.cookies, level, name)

    def test_hosts_and_proxies_are_asked_for(self) -> None:
        for check, name, value in (
            (checks.hosts, "TRUSTED_HOSTS", ["example.com"]),
            (checks.proxies, "TRUSTED_PROXIES", 1),
        ):
            self.assert_found(check, "warning", name)
            self.app.config[name] = value
            self.assertEqual([], list(check(self.app)))

    def test_what_does_not_answer_is_an_error(self) -> None:
        add_need(self.app, "storage", lambda: False)
        with self.assertLogs(self.app.logger, "WARNING"):
            self.assert_found(checks.needs, "error", "storage")

    def test_a_default_that_is_not_for_servers_is_found(self) -> None:
        check = checks.embedded("STORE", "memory://", "it forgets.", "STORE_URL")
        for value in ("memory://", "", None):
            self.app.config["STORE"] = value
            self.assert_found(check, "warning", "STORE_URL: it forgets.")
        self.app.config["STORE"] = "disk://"
        self.assertEqual([], list(check(self.app)))

    def test_only_trusted_hosts_are_answered(self) -> None:
        client = create_app(TEST_SETTINGS, TRUSTED_HOSTS=["localhost"]).test_client()
        self.assertEqual(200, client.get("/").status_code)
        forged = client.get("/", base_url="http://evil.example")
        self.assertEqual(400, forged.status_code)


class CommandTest(AppTestCase):
    def check(self, *args: str, level: str = "") -> Result:
        """Run the command with one finding of a level, or with none."""

        def look(app: Flask) -> list[Finding]:
            return [Finding(level, "It rattles", "Oil it")] if level else []

        manager = Manager(self.create_app)
        manager.add_command(check_command([look]))
        return self.runner.invoke(manager, ["check", *args])

    def test_a_finding_is_a_line_what_and_a_line_how_to_mend_it(self) -> None:
        output = self.check("--deploy", level="error").output
        self.assertEqual("error    It rattles\n         Oil it\n", output)

    def test_it_fails_for_what_is_bad_enough(self) -> None:
        for level, fail_level, code in (
            ("error", "error", 1),
            ("warning", "error", 0),
            ("warning", "warning", 1),
            ("info", "warning", 0),
        ):
            result = self.check("--deploy", "--fail-level", fail_level, level=level)
            self.assertEqual(code, result.exit_code, (level, fail_level))

    def test_without_findings_all_is_well(self) -> None:
        result = self.check("--deploy", "--fail-level", "info")
        self.assertEqual("Nothing is to be mended.\n", result.output)
        self.assertEqual(0, result.exit_code)

    def test_without_deploy_it_tells_that_the_application_starts(self) -> None:
        result = self.check(level="error")
        self.assertEqual("The application starts.\n", result.output)
        self.assertEqual(0, result.exit_code)
