"""What the application needs is out of reach: visitors are told to come back soon."""

from typing import Any
from unittest.mock import patch

from flask import session
from flask.sessions import SecureCookieSessionInterface

from ..core import App
from ..core.outages import add_outage
from .base import AppTestCase


class LostError(Exception):
    """The server is out of reach."""


class OutageTest(AppTestCase):
    def create_app(self) -> App:
        """Make the application with pages that need something."""
        app = super().create_app()
        app.config["PROPAGATE_EXCEPTIONS"] = False
        self.raised: Exception = LostError("no route to 10.0.0.7")
        app.add_url_rule("/lost", view_func=self.lose)
        add_outage(app, LostError, lambda error: "gone" in str(error))
        return app

    def lose(self) -> str:
        """Fail as the test says."""
        session["visits"] = 1
        raise self.raised

    def get(self, **headers: str) -> Any:
        """Ask for that page; what has happened is in the log."""
        with self.assertLogs(self.app.logger, "ERROR"):
            return self.client.get("/lost", headers=headers)

    def test_it_is_said_when_to_come_back(self) -> None:
        answer = self.get()
        self.assertEqual(503, answer.status_code)
        self.assertEqual("5", answer.headers["Retry-After"])
        self.assertIn("try again soon", answer.text)
        self.assertNotIn("10.0.0.7", answer.text)

    def test_programs_are_told_as_json(self) -> None:
        answer = self.get(Accept="application/json")
        self.assertEqual(503, answer.status_code)
        self.assertEqual("Service Unavailable", answer.get_json()["name"])

    def test_a_function_tells_of_an_error_whether_it_is_one(self) -> None:
        self.raised = ValueError("gone away")
        self.assertEqual(503, self.get().status_code)

    def test_what_an_outage_has_caused_is_one(self) -> None:
        self.raised = ValueError("nothing to count")
        self.raised.__cause__ = LostError()
        self.assertEqual(503, self.get().status_code)

    def test_other_errors_are_ours(self) -> None:
        self.raised = ValueError("twelve")
        answer = self.get()
        self.assertEqual(500, answer.status_code)
        self.assertNotIn("Retry-After", answer.headers)

    def test_the_page_needs_no_session(self) -> None:
        lost = patch.object(
            SecureCookieSessionInterface, "open_session", side_effect=LostError
        )
        self.app.session_interface = SecureCookieSessionInterface()
        with lost:
            answer = self.get()
        self.assertEqual(503, answer.status_code)
        self.assertIn("try again soon", answer.text)

    def test_the_page_asks_no_context_processor(self) -> None:
        @self.app.context_processor
        def user() -> dict[str, Any]:
            raise LostError

        self.assertEqual(503, self.get().status_code)
