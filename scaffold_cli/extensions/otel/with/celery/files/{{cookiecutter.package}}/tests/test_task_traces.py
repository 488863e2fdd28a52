"""Tasks are part of the trace of the request that asked for them."""

from celery.contrib.testing.worker import start_worker
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
        """Make an application with a collector, and start a worker of it."""
        traced = TracedApp(
            CELERY_BROKER_URL="memory://", CELERY_RESULT_BACKEND="cache+memory://"
        )
        self.addCleanup(traced.app.extensions["otel"].shutdown)
        celery = traced.app.extensions["celery"]
        self.enterContext(start_worker(celery, perform_ping_check=False))
        return traced

    def test_a_task_goes_on_with_the_trace_of_its_request(self) -> None:
        traced = self.traced()
        traced.app.add_url_rule("/ask", "ask", lambda: str(ping.result()))
        traced.app.test_client().get("/ask")
        task, request = traced.spans()
        self.assertEqual(ping.name, task.name)
        self.assertEqual(request.context.trace_id, task.context.trace_id)
        self.assertEqual(request.context.span_id, task.parent and task.parent.span_id)

    def test_a_span_says_what_has_gone_wrong(self) -> None:
        traced = self.traced()
        with traced.app.app_context(), self.assertRaises(OSError):
            fail.result()
        [task] = traced.spans()
        self.assertIs(StatusCode.ERROR, task.status.status_code)
        self.assertIn("out of reach", task.status.description or "")
