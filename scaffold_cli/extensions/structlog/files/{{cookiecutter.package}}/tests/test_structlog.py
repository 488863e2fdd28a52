"""Each event is a line of JSON with the id of its request."""

import io
import json
import logging
from unittest.mock import patch

import structlog
from flask import abort
from flask.testing import FlaskClient

from ..app import create_app
from ..logs import HANDLER, HEADER
from .base import TEST_SETTINGS, AppTestCase

JSON_LINES = {**TEST_SETTINGS, "LOG_LEVEL": "INFO"}


class LogsTest(AppTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.output = io.StringIO()
        self.enterContext(patch.object(HANDLER, "stream", self.output))
        self.addCleanup(create_app, TEST_SETTINGS)  # quiet again
        self.client = self.logging_client()

    def logging_client(self, **settings: object) -> FlaskClient:
        """Return a client of an application that logs in several ways."""
        app = create_app(JSON_LINES, **settings)

        @app.get("/order")
        def order() -> dict[str, str]:
            structlog.get_logger("shop").info("ordered", number=7)
            logging.getLogger("library").warning("low on %s", "tea")
            app.logger.error("oh", extra={"color": "red"})
            return {}

        @app.get("/broken")
        def broken() -> str:
            password = "correct horse"
            return str(len(password) // 0)

        app.add_url_rule("/teapot", "teapot", lambda: abort(418))
        app.config["PROPAGATE_EXCEPTIONS"] = False
        return app.test_client()

    def lines(self) -> list[dict[str, object]]:
        """Return what was logged."""
        return [json.loads(line) for line in self.output.getvalue().splitlines()]

    def test_who_ever_logs_the_lines_are_alike_and_carry_the_id(self) -> None:
        self.client.get("/order", headers={HEADER: "abc-123"})
        lines = self.lines()
        self.assertEqual(
            ["ordered", "low on tea", "oh", "request"],
            [line["event"] for line in lines],
        )
        self.assertEqual({"abc-123"}, {line["request_id"] for line in lines})
        self.assertEqual(
            ["info", "warning", "error", "info"], [line["level"] for line in lines]
        )
        self.assertEqual(7, lines[0]["number"])
        self.assertEqual("red", lines[2]["color"])

    def test_each_request_has_one_line(self) -> None:
        self.client.get("/teapot?secret=1")
        [line] = self.lines()
        self.assertEqual("GET", line["method"])
        self.assertEqual("/teapot", line["path"])
        self.assertEqual(418, line["status"])
        self.assertEqual("127.0.0.1", line["address"])

    def test_the_client_is_told_the_id(self) -> None:
        response = self.client.get("/healthz", headers={HEADER: "abc-123"})
        self.assertEqual("abc-123", response.headers[HEADER])
        made = {self.client.get("/healthz").headers[HEADER] for _ in range(2)}
        self.assertEqual(2, len(made))

    def test_an_id_that_could_forge_lines_is_not_taken(self) -> None:
        for given in ("a b", "{}", "x" * 200, ""):
            response = self.client.get("/healthz", headers={HEADER: given})
            self.assertRegex(response.headers[HEADER], "^[0-9a-f]{32}$")

    def test_an_unexpected_error_is_one_line_too(self) -> None:
        self.client.get("/broken")
        error, line = self.lines()
        self.assertIn("ZeroDivisionError", str(error["exception"]))
        self.assertEqual(line["request_id"], error["request_id"])
        self.assertEqual(500, line["status"])

    def test_an_unexpected_error_tells_no_values_of_variables(self) -> None:
        self.client.get("/broken")
        self.assertNotIn("correct horse", self.output.getvalue())

    def test_lines_are_readable_in_debug(self) -> None:
        self.logging_client(DEBUG=True).get("/order")
        self.assertIn("low on tea", self.output.getvalue())
        self.assertNotIn("{", self.output.getvalue())

    def test_another_application_in_the_process_doubles_no_line(self) -> None:
        other = self.logging_client()
        other.get("/healthz", headers={HEADER: "other"})
        self.client.get("/healthz", headers={HEADER: "first"})
        self.assertEqual(
            ["other", "first"], [line["request_id"] for line in self.lines()]
        )
