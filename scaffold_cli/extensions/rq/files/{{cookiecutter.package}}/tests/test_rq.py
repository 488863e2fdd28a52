"""Tasks are done at once without a server, and by a worker with one."""

import io
from contextlib import redirect_stdout
from unittest.mock import patch

from fakeredis import FakeRedis, FakeServer
from flask import Flask, current_app
from rq import SimpleWorker
from rq.job import Job
from rq.serializers import JSONSerializer

from ..app import create_app
from ..extensions import queue
from ..manage import ping_worker
from ..task_queue import AppJob
from ..tasks import ping
from .base import TEST_SETTINGS, AppTestCase
from .servers import ReadinessTestCase


@queue.task()
def site_name() -> str:
    """Tell which application it runs in."""
    return str(current_app.config["SITE_NAME"])


class Flaky:
    """Works at the third try."""

    tries = 0

    def __call__(self) -> int:
        """Count the tries, and fail at the first two."""
        self.tries += 1
        if self.tries < 3:
            raise OSError("out of reach")
        return self.tries


flaky = Flaky()


@queue.task(retries=2, wait=0)
def succeed_in_the_end() -> int:
    """Return at which try it has worked."""
    return flaky()


class WithoutServerTest(AppTestCase):
    def test_a_task_is_done_at_once(self) -> None:
        with patch.dict(self.app.config, SITE_NAME="Here"):
            self.assertEqual("Here", site_name.result())

    def test_called_as_a_function_it_is_one(self) -> None:
        self.assertEqual(self.app.config["SITE_NAME"], site_name())

    def test_what_fails_is_raised_where_it_arises(self) -> None:
        flaky.tries = 0
        with self.assertRaisesRegex(OSError, "out of reach"):
            succeed_in_the_end.delay()

    def test_the_command_tells_who_does_the_tasks(self) -> None:
        with redirect_stdout(io.StringIO()) as output:
            self.assertEqual(0, ping_worker())
        self.assertIn(ping(), output.getvalue())


class WithServerTest(AppTestCase):
    """With a Redis in the memory of this process, and a worker that does not fork."""

    def test_a_worker_does_it_in_its_own_application(self) -> None:
        server = FakeServer()
        web, worker = self.make_app(server, "Web"), self.make_app(server, "Worker")
        job = self.enqueue(web)
        self.work(worker)
        self.assertEqual("Worker", job.return_value())

    def test_two_applications_have_a_queue_each(self) -> None:
        first = self.make_app(FakeServer(), "First")
        second = self.make_app(FakeServer(), "Second")
        jobs = [self.enqueue(first), self.enqueue(second)]
        self.work(first)
        self.work(second)
        self.assertEqual(["First", "Second"], [job.return_value() for job in jobs])

    def test_what_fails_is_tried_again(self) -> None:
        flaky.tries = 0
        app = self.make_app(FakeServer(), "Web")
        with app.app_context():
            succeed_in_the_end.delay()
        with self.assertLogs("rq.worker"):
            self.work(app)
        self.assertEqual(3, flaky.tries)

    def test_nobody_answers_where_no_worker_is(self) -> None:
        app = self.make_app(FakeServer(), "Web")
        with app.app_context(), redirect_stdout(io.StringIO()) as output:
            self.assertEqual(1, ping_worker(timeout=1))
        self.assertIn("No worker", output.getvalue())

    def make_app(self, server: FakeServer, name: str) -> Flask:
        """Make an application whose tasks wait in a server."""
        settings = {**TEST_SETTINGS, "RQ_REDIS_URL": "redis://redis.example"}
        connection = FakeRedis(server=server)
        with patch("redis.Redis.from_url", return_value=connection):
            return create_app(settings, SITE_NAME=name)

    def enqueue(self, app: Flask) -> Job:
        """Have an application ask for a task, and return it as RQ knows it."""
        with app.app_context():
            return site_name.enqueue((), {})

    def work(self, app: Flask) -> None:
        """Do all tasks that wait for an application."""
        with app.app_context():
            worker = SimpleWorker(
                [queue.rq], job_class=AppJob, serializer=JSONSerializer
            )
            worker.work(burst=True, logging_level="ERROR")


class QueueReadinessTest(ReadinessTestCase):
    def test_a_server_that_does_not_answer_is_noticed(self) -> None:
        self.assert_noticed("tasks", RQ_REDIS_URL="redis://127.0.0.1:{port}/0")
