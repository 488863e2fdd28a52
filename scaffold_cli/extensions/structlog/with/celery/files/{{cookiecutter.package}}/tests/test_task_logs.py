"""Lines of a task carry the id of the request that asked for it."""

import io
from unittest.mock import patch

from celery.contrib.testing.worker import start_worker
from structlog.contextvars import clear_contextvars, get_contextvars

from ..app import create_app
from ..extensions import queue
from ..logs import HANDLER, HEADER
from .base import TEST_SETTINGS, AppTestCase


@queue.task()
def bound_id() -> str | None:
    """Tell which id its lines carry."""
    return get_contextvars().get("request_id")


@queue.task()
def greet(email: str) -> str:
    """Fail."""
    return email[len(email)]


class TaskLogsTest(AppTestCase):
    def setUp(self) -> None:
        """Make an application with a broker in memory, and a worker for it."""
        super().setUp()
        self.addCleanup(clear_contextvars)
        settings = {
            **TEST_SETTINGS,
            "CELERY_BROKER_URL": "memory://",
            "CELERY_RESULT_BACKEND": "cache+memory://",
        }
        self.app = create_app(settings)
        celery = self.app.extensions["celery"]
        self.worker = start_worker(celery, perform_ping_check=False)

    def test_a_task_has_the_id_of_its_request_and_the_next_has_none(self) -> None:
        self.app.add_url_rule("/ask", "ask", lambda: str(bound_id.result()))
        client = self.app.test_client()
        with self.worker, self.app.app_context():
            answer = client.get("/ask", headers={HEADER: "abc-123"})
            self.assertEqual("abc-123", answer.text)
            clear_contextvars()
            self.assertIsNone(bound_id.result())

    def test_arguments_are_in_no_line(self) -> None:
        output = self.enterContext(patch.object(HANDLER, "stream", io.StringIO()))
        with self.worker, self.app.app_context(), self.assertRaises(IndexError):
            greet.result("ada@example.com")
        # The worker has written it by the time it has stopped.
        self.assertIn("IndexError", output.getvalue())
        self.assertNotIn("ada@example.com", output.getvalue())
