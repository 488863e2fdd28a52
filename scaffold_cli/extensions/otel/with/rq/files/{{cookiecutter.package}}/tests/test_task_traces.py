"""Tasks are part of the trace of the request that asked for them."""

from unittest.mock import patch

from fakeredis import FakeRedis
from opentelemetry.trace import StatusCode
from rq import SimpleWorker
from rq.serializers import JSONSerializer

from ..extensions import queue
from ..task_queue import AppJob
from ..tasks import ping
from .base import AppTestCase
from .traces import TracedApp


@queue.task()
def fail() -> None:
    """Fail."""
    raise OSError("out of reach")


class TaskTracesTest(AppTestCase):
    def traced(self) -> TracedApp:
        """Make an application with a collector, whose tasks wait in memory."""
        with patch("redis.Redis.from_url", return_value=FakeRedis()):
            traced = TracedApp(RQ_REDIS_URL="redis://redis.example")
        self.addCleanup(traced.app.extensions["otel"].shutdown)
        return traced

    def work(self, traced: TracedApp) -> None:
        """Do all tasks that wait."""
        with traced.app.app_context():
            worker = SimpleWorker(
                [queue.rq], job_class=AppJob, serializer=JSONSerializer
            )
            worker.work(burst=True, logging_level="CRITICAL")

    def test_a_task_goes_on_with_the_trace_of_its_request(self) -> None:
        traced = self.traced()
        traced.app.add_url_rule("/ask", "ask", lambda: ping.enqueue((), {}).id)
        traced.app.test_client().get("/ask")
        self.work(traced)
        request, task = traced.spans()
        self.assertEqual(ping.name, task.name)
        self.assertEqual(request.context.trace_id, task.context.trace_id)
        self.assertEqual(request.context.span_id, task.parent and task.parent.span_id)

    def test_a_span_says_what_has_gone_wrong(self) -> None:
        traced = self.traced()
        with traced.app.app_context():
            fail.delay()
        self.work(traced)
        [task] = traced.spans()
        self.assertIs(StatusCode.ERROR, task.status.status_code)
        self.assertIn("out of reach", task.status.description or "")
