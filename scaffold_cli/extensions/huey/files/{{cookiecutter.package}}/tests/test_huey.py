"""Tasks are done at once without a queue, and by a worker with one."""

import io
import tempfile
from contextlib import redirect_stdout
from pathlib import Path
from unittest.mock import patch

from flask import Flask, current_app

from ..app import create_app
from ..extensions import queue
from ..manage import ping_worker
from ..tasks import ping
from .base import TEST_SETTINGS, AppTestCase


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


class WithoutQueueTest(AppTestCase):
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


class WithQueueTest(AppTestCase):
    """With queues in files, and this process as the worker."""

    def setUp(self) -> None:
        """Make a folder for the files."""
        super().setUp()
        self.folder = self.enterContext(tempfile.TemporaryDirectory())

    def test_a_worker_does_it_in_its_own_application(self) -> None:
        web = self.make_app("tasks.db", "Web")
        worker = self.make_app("tasks.db", "Worker")
        self.ask(web)
        self.assertEqual(["Worker"], self.work(worker))

    def test_two_applications_have_a_queue_each(self) -> None:
        first = self.make_app("first.db", "First")
        second = self.make_app("second.db", "Second")
        self.ask(first)
        self.ask(second)
        self.assertEqual(["First"], self.work(first))
        self.assertEqual(["Second"], self.work(second))

    def test_what_fails_is_tried_again(self) -> None:
        flaky.tries = 0
        app = self.make_app("tasks.db", "Web")
        with app.app_context():
            succeed_in_the_end.delay()
        with self.assertLogs("huey"):
            self.work(app)
        self.assertEqual(3, flaky.tries)

    def test_tasks_of_others_who_can_write_to_the_queue_are_refused(self) -> None:
        app = self.make_app("tasks.db", "Web")
        self.ask(self.make_app("tasks.db", "Stranger", SECRET_KEY="another"))
        with self.assertRaisesRegex(ValueError, "[Ss]ignature"):
            self.work(app)

    def test_nobody_answers_where_no_worker_is(self) -> None:
        app = self.make_app("tasks.db", "Web")
        with app.app_context(), redirect_stdout(io.StringIO()) as output:
            self.assertEqual(1, ping_worker(timeout=1))
        self.assertIn("No worker", output.getvalue())

    def make_app(self, name: str, site: str, **settings: str) -> Flask:
        """Make an application whose tasks wait in a file."""
        url = f"sqlite:///{Path(self.folder, name)}"
        app = create_app({**TEST_SETTINGS, "HUEY_URL": url, **settings}, SITE_NAME=site)
        self.addCleanup(app.extensions["huey"].huey.storage.close)
        return app

    def ask(self, app: Flask) -> None:
        """Have an application ask for a task and its result."""
        with app.app_context():
            app.extensions["huey"].register(site_name)({"asked": True})

    def work(self, app: Flask) -> list[str]:
        """Do all tasks that wait for an application, and return the last one's value."""
        with app.app_context():
            app.extensions["huey"].register(site_name)
            app.extensions["huey"].register(succeed_in_the_end)
            value: list[str] = []
            while task := queue.huey.dequeue():
                value = queue.huey.execute(task)
        return value
