"""Tasks are part of the trace of the request that asked for them."""

import tempfile
from pathlib import Path

from flask import Flask
from opentelemetry.trace import StatusCode

from ..extensions import queue
from ..tasks import ping
from .base import AppTestCase
from .traces import TracedApp


@queue.task()
def fail() -> None:
    """Fail."""
    raise OSError("out of reach")


class TaskTracesTest(AppTestCase):
    def traced(self) -> TracedApp:
        """Make an application with a collector, whose tasks wait in a file."""
        folder = self.enterContext(tempfile.TemporaryDirectory())
        traced = TracedApp(HUEY_URL=f"sqlite:///{Path(folder, 'tasks.db')}")
        self.addCleanup(traced.app.extensions["otel"].shutdown)
        self.addCleanup(traced.app.extensions["huey"].huey.storage.close)
        return traced

    def work(self, app: Flask) -> None:
        """Do all tasks that wait."""
        with app.app_context():
            while task := queue.huey.dequeue():
                queue.huey.execute(task)

    def test_a_task_goes_on_with_the_trace_of_its_request(self) -> None:
        traced = self.traced()

        @traced.app.get("/ask")
        def ask() -> str:
            ping.delay()
            return "Asked."

        traced.app.test_client().get("/ask")
        self.work(traced.app)
        request, task = traced.spans()
        self.assertEqual(ping.name, task.name)
        self.assertEqual(request.context.trace_id, task.context.trace_id)
        self.assertEqual(request.context.span_id, task.parent and task.parent.span_id)

    def test_a_span_says_what_has_gone_wrong(self) -> None:
        traced = self.traced()
        with traced.app.app_context():
            fail.delay()
        with self.assertLogs("huey"):
            self.work(traced.app)
        [task] = traced.spans()
        self.assertIs(StatusCode.ERROR, task.status.status_code)
        self.assertIn("out of reach", task.status.description or "")
