"""Requests leave traces with the collector, each application its own."""

from flask import Flask

from ..extensions import telemetry
from .base import AppTestCase
from .traces import TracedApp


class TelemetryTest(AppTestCase):
    def traced(self, **settings: object) -> TracedApp:
        """Make an application with a collector, and stop it after the test."""
        traced = TracedApp(**settings)
        self.addCleanup(traced.app.extensions["otel"].shutdown)
        return traced

    def test_a_request_is_a_span(self) -> None:
        traced = self.traced(OTEL_SERVICE_NAME="shop")
        traced.app.test_client().get("/")
        span = traced.spans()[-1]
        self.assertEqual("GET /", span.name)
        self.assertEqual("shop", span.resource.attributes["service.name"])

    def test_spans_of_ones_own_are_part_of_the_request(self) -> None:
        traced = self.traced()
        self.add_payment(traced.app)
        traced.app.test_client().get("/pay")
        inner, outer = traced.spans()
        self.assertEqual("pay", inner.name)
        self.assertIsNotNone(inner.parent)
        self.assertEqual(outer.context.trace_id, inner.context.trace_id)

    def test_a_trace_that_a_caller_began_goes_on(self) -> None:
        traced = self.traced()
        trace_id = "0af7651916cd43dd8448eb211c80319c"
        parent = f"00-{trace_id}-b7ad6b7169203331-01"
        traced.app.test_client().get("/", headers={"traceparent": parent})
        self.assertEqual(trace_id, f"{traced.spans()[-1].context.trace_id:032x}")

    def test_load_balancers_leave_none(self) -> None:
        traced = self.traced()
        for path in ("/healthz", "/readyz"):
            traced.app.test_client().get(path)
        self.assertEqual([], traced.spans())

    def test_two_applications_leave_their_own(self) -> None:
        first, second = self.traced(), self.traced()
        first.app.test_client().get("/")
        self.assertEqual([], second.spans())
        self.assertNotEqual([], first.spans())

    def test_without_a_collector_there_are_none(self) -> None:
        self.add_payment(self.app)
        self.assertEqual("False", self.client.get("/pay").text)

    def add_payment(self, app: Flask) -> None:
        """Add a page that has a span of its own."""

        @app.get("/pay")
        def pay() -> str:
            with telemetry.tracer.start_as_current_span("pay") as span:
                return str(span.is_recording())
