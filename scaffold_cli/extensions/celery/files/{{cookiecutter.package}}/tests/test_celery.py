"""Tasks are done at once without a broker, and by a worker with one."""

import io
from contextlib import redirect_stdout
from unittest.mock import patch

from celery.contrib.testing.worker import start_worker
from flask import current_app

from ..app import create_app
from ..extensions import queue
from ..manage import ping_worker
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


class WithoutBrokerTest(AppTestCase):
    def test_a_task_is_done_at_once(self) -> None:
        with patch.dict(self.app.config, SITE_NAME="Here"):
            self.assertEqual("Here", site_name.result())

    def test_called_as_a_function_it_is_one(self) -> None:
        self.assertEqual(self.app.config["SITE_NAME"], site_name())

    def test_what_fails_is_raised_where_it_arises(self) -> None:
        flaky.tries = 0
        with self.assertRaisesRegex(OSError, "out of reach"):
            succeed_in_the_end.delay()

    def test_two_applications_do_their_own_tasks(self) -> None:
        first = create_app(TEST_SETTINGS, SITE_NAME="First")
        second = create_app(TEST_SETTINGS, SITE_NAME="Second")
        for app in (first, second, first):
            with app.app_context():
                self.assertEqual(app.config["SITE_NAME"], site_name.result())

    def test_the_command_tells_who_does_the_tasks(self) -> None:
        with redirect_stdout(io.StringIO()) as output:
            self.assertEqual(0, ping_worker())
        self.assertIn(ping(), output.getvalue())


class WithBrokerTest(AppTestCase):
    """With Celery's broker for tests, in the memory of this process."""

    def setUp(self) -> None:
        """Make two applications that share a broker."""
        super().setUp()
        settings = {
            **TEST_SETTINGS,
            "CELERY_BROKER_URL": "memory://",
            "CELERY_RESULT_BACKEND": "cache+memory://",
        }
        self.busy = create_app(settings, SITE_NAME="Worker")
        self.waiting = create_app(settings, SITE_NAME="Web")

    def test_a_worker_does_it_in_its_own_application_and_tries_again(self) -> None:
        flaky.tries = 0
        celery = self.busy.extensions["celery"]
        worker = start_worker(celery, perform_ping_check=False)
        with worker, self.waiting.app_context():
            self.assertEqual("Worker", site_name.result())
            self.assertEqual(3, succeed_in_the_end.result())

    def test_nobody_answers_where_no_worker_is(self) -> None:
        with self.waiting.app_context(), redirect_stdout(io.StringIO()) as output:
            self.assertEqual(1, ping_worker(timeout=1))
        self.assertIn("No worker", output.getvalue())
        self.waiting.extensions["celery"].control.purge()


class BrokerReadinessTest(ReadinessTestCase):
    def test_a_server_that_does_not_answer_is_noticed(self) -> None:
        for kind in ("redis", "amqp"):
            url = kind + "://127.0.0.1:{port}/"
            self.assert_noticed("tasks", CELERY_BROKER_URL=url)
