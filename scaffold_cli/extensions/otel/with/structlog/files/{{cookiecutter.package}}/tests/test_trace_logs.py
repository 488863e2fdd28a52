"""Lines of the log name the trace of their request."""

from structlog.contextvars import get_contextvars

from .base import AppTestCase
from .traces import TracedApp


class TraceLogsTest(AppTestCase):
    def test_lines_name_the_trace(self) -> None:
        traced = TracedApp()
        self.addCleanup(traced.app.extensions["otel"].shutdown)
        traced.app.add_url_rule(
            "/bound", "bound", lambda: get_contextvars()["trace_id"]
        )
        seen = traced.app.test_client().get("/bound").text
        self.assertEqual(f"{traced.spans()[-1].context.trace_id:032x}", seen)

    def test_without_a_trace_they_name_none(self) -> None:
        self.app.add_url_rule("/bound", "bound", lambda: [*get_contextvars()])
        self.assertNotIn("trace_id", self.client.get("/bound").text)
