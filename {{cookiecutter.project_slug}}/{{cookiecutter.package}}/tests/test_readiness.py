"""``/readyz`` tells whether what the application needs answers."""

import threading
from unittest.mock import patch

from flask import current_app

from ..app import create_app
from ..core import readiness
from ..core.readiness import add_need
from .base import TEST_SETTINGS, AppTestCase


class ReadinessTest(AppTestCase):
    def test_an_application_whose_needs_answer_is_ready(self) -> None:
        add_need(self.app, "storage", lambda: current_app.name)
        answer = self.client.get("/readyz")
        self.assertEqual(200, answer.status_code)
        self.assertEqual({"status": "ready"}, answer.json)

    def test_what_fails_is_named_and_why_is_in_the_log_alone(self) -> None:
        def fail() -> None:
            raise OSError("no route to 10.0.0.7")

        add_need(self.app, "storage", fail)
        add_need(self.app, "printer", lambda: False)
        with self.assertLogs(self.app.logger, "WARNING") as log:
            answer = self.client.get("/readyz")
        self.assertEqual(503, answer.status_code)
        expected = {"status": "not ready", "failed": ["storage", "printer"]}
        self.assertEqual(expected, answer.json)
        self.assertIn("10.0.0.7", log.output[0])

    def test_what_hangs_is_named_and_holds_one_thread(self) -> None:
        self.enterContext(patch.object(readiness, "PATIENCE", 0.1))
        self.app.extensions.pop("needs", None)  # others may take longer than that
        answering, begun = threading.Event(), []

        def hang() -> None:
            begun.append(threading.current_thread())
            answering.wait()

        self.addCleanup(answering.set)
        add_need(self.app, "storage", hang)
        for _ in range(3):
            with self.assertLogs(self.app.logger, "WARNING"):
                answer = self.client.get("/readyz")
            self.assertEqual(["storage"], answer.get_json()["failed"])
        self.assertEqual(1, len(begun))

        answering.set()
        begun[0].join()
        self.assertEqual(200, self.client.get("/readyz").status_code)

    def test_what_it_can_do_without_is_named_and_it_is_ready(self) -> None:
        add_need(self.app, "cache", lambda: False, essential=False)
        with self.assertLogs(self.app.logger, "WARNING"):
            answer = self.client.get("/readyz")
        self.assertEqual(200, answer.status_code)
        self.assertEqual({"status": "ready", "without": ["cache"]}, answer.json)

    def test_that_is_named_apart_where_it_is_not_ready(self) -> None:
        add_need(self.app, "cache", lambda: False, essential=False)
        add_need(self.app, "storage", lambda: False)
        with self.assertLogs(self.app.logger, "WARNING"):
            answer = self.client.get("/readyz").get_json()
        self.assertEqual(["storage"], answer["failed"])
        self.assertEqual(["cache"], answer["without"])

    def test_load_balancers_may_ask_by_any_host(self) -> None:
        for trusted in ("localhost", ".example.com"):
            client = create_app(TEST_SETTINGS, TRUSTED_HOSTS=[trusted]).test_client()
            for path in ("/healthz", "/readyz"):
                answer = client.get(path, base_url="http://10.0.0.7:8000")
                self.assertEqual(200, answer.status_code)

    def test_the_application_is_alive_all_the_same(self) -> None:
        add_need(self.app, "storage", lambda: False)
        self.assertEqual(200, self.client.get("/healthz").status_code)
