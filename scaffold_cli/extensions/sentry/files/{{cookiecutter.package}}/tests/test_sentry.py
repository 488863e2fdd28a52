"""Errors are reported to Sentry, with nothing personal in the reports."""

import json
from functools import partial
from unittest.mock import patch

import sentry_sdk
from flask import Flask, request
from sentry_sdk.envelope import Envelope
from sentry_sdk.transport import Transport

from ..app import create_app
from ..manage import manager
from .base import TEST_SETTINGS, AppTestCase


class Outbox(Transport):
    """Keeps what would be sent."""

    def __init__(self) -> None:
        super().__init__()
        self.reports: list[dict[str, object]] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        """Keep the report of an envelope."""
        for item in envelope.items:
            if item.type == "event":
                self.reports.append(json.loads(item.get_bytes()))


class SentryTest(AppTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.outbox = Outbox()
        self.addCleanup(sentry_sdk.init, dsn="")

    def reporting_app(self, **settings: object) -> Flask:
        """Make an application that reports, and fails at /broken."""
        dsn = {"SENTRY_DSN": "https://key@sentry.example/1", "SENTRY_RELEASE": "1.2"}
        kept = partial(sentry_sdk.init, transport=self.outbox)
        with patch.object(sentry_sdk, "init", kept):
            app = create_app({**TEST_SETTINGS, **dsn}, **settings)
        app.config["PROPAGATE_EXCEPTIONS"] = False

        @app.get("/broken")
        def broken() -> str:
            whom = request.args["whom"]
            return str(len(whom) // 0)

        return app

    def break_it(self, app: Flask) -> str:
        """Have a request fail, and return the reports as text."""
        client = app.test_client()
        client.set_cookie("name", "ada-cookie")
        with self.assertLogs(app.logger):
            client.get(
                "/broken?whom=ada-query",
                data={"name": "ada-form"},
                headers={"Referer": "/?ada-referer", "Authorization": "ada-token"},
                environ_base={"REMOTE_ADDR": "192.0.2.7"},
            )
        return json.dumps(self.outbox.reports)

    def test_an_error_is_reported_once(self) -> None:
        self.break_it(self.reporting_app(SENTRY_ENVIRONMENT="staging"))
        [report] = self.outbox.reports
        self.assertIn("ZeroDivisionError", json.dumps(report["exception"]))
        self.assertEqual("staging", report["environment"])
        self.assertEqual("1.2", report["release"])

    def test_nothing_personal_is_sent(self) -> None:
        text = self.break_it(self.reporting_app(SENTRY_SEND_PII=False))
        self.assertNotIn("ada-", text)
        self.assertNotIn("192.0.2.7", text)

    def test_all_is_sent_when_it_may_be(self) -> None:
        text = self.break_it(self.reporting_app(SENTRY_SEND_PII=True))
        for part in ("ada-query", "ada-form", "ada-cookie", "192.0.2.7"):
            self.assertIn(part, text)

    def test_what_visitors_do_wrong_is_not_reported(self) -> None:
        self.reporting_app().test_client().get("/missing")
        self.assertEqual([], self.outbox.reports)

    def test_without_a_dsn_nothing_is_sent(self) -> None:
        result = self.runner.invoke(manager, ["send-test-report"])
        self.assertEqual(1, result.exit_code)
        self.assertEqual("SENTRY_DSN is not set.\n", result.output)

    def test_the_command_sends_a_report(self) -> None:
        self.reporting_app()
        result = self.runner.invoke(manager, ["send-test-report"])
        [report] = self.outbox.reports
        self.assertEqual(f"Sent: {report['event_id']}\n", result.output)
