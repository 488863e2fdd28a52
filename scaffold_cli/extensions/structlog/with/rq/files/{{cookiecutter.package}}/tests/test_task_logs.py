"""Lines of a task carry the id of the request that asked for it."""

import io
from unittest.mock import patch

from fakeredis import FakeRedis
from rq import SimpleWorker
from rq.serializers import JSONSerializer
from structlog.contextvars import clear_contextvars, get_contextvars

from ..app import create_app
from ..extensions import queue
from ..logs import HANDLER, HEADER
from ..task_queue import AppJob
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
        """Make an application whose tasks wait in the memory of this process."""
        super().setUp()
        self.addCleanup(clear_contextvars)
        settings = {**TEST_SETTINGS, "RQ_REDIS_URL": "redis://redis.example"}
        with patch("redis.Redis.from_url", return_value=FakeRedis()):
            self.app = create_app(settings)

    def work(self) -> None:
        """Do all tasks, as somebody who knows nothing of the request."""
        clear_contextvars()
        with self.app.app_context():
            worker = SimpleWorker(
                [queue.rq], job_class=AppJob, serializer=JSONSerializer
            )
            worker.work(burst=True, logging_level="ERROR")

    def test_a_task_has_the_id_of_its_request(self) -> None:
        self.app.add_url_rule("/ask", "ask", lambda: bound_id.enqueue((), {}).id)
        client = self.app.test_client()
        answer = client.get("/ask", headers={HEADER: "abc-123"})
        self.work()
        with self.app.app_context():
            job = queue.rq.fetch_job(answer.text)
        self.assertEqual("abc-123", job and job.return_value())

    def test_arguments_are_in_no_line(self) -> None:
        with self.app.app_context():
            greet.delay("ada@example.com")
        output = self.enterContext(patch.object(HANDLER, "stream", io.StringIO()))
        self.work()
        self.assertIn("IndexError", output.getvalue())
        self.assertNotIn("ada@example.com", output.getvalue())
