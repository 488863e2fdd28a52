"""Traces of requests, sent to a collector by OpenTelemetry's protocol."""

from flask import Flask, current_app
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.flask import FlaskInstrumentor
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBasedTraceIdRatio
from opentelemetry.trace import NoOpTracerProvider, Tracer


class Telemetry:
    """Traces the requests of an application that has a collector.

    Each application has a provider of its own, in ``app.extensions["otel"]``; without
    a collector, one that does nothing.
    """

    def init_app(self, app: Flask) -> None:
        """Bind it to an application; one object serves several."""
        if not app.config["OTEL_EXPORTER_OTLP_ENDPOINT"]:
            app.extensions["otel"] = NoOpTracerProvider()
            return
        provider = app.extensions["otel"] = make_provider(app)
        FlaskInstrumentor.instrument_app(  # type: ignore[no-untyped-call]
            app, tracer_provider=provider, excluded_urls="healthz,readyz"
        )

    @property
    def tracer(self) -> Tracer:
        """Makes spans of your own: ``telemetry.tracer.start_as_current_span("pay")``."""
        tracer: Tracer = current_app.extensions["otel"].get_tracer(__name__)
        return tracer


def make_provider(app: Flask) -> TracerProvider:
    """Return what makes the application's spans and sends them, a batch at a time."""
    provider = TracerProvider(
        resource=Resource.create({SERVICE_NAME: app.config["OTEL_SERVICE_NAME"]}),
        sampler=ParentBasedTraceIdRatio(app.config["OTEL_TRACES_SAMPLER_ARG"]),
    )
    address = app.config["OTEL_EXPORTER_OTLP_ENDPOINT"].rstrip("/")
    exporter = OTLPSpanExporter(endpoint=f"{address}/v1/traces")
    provider.add_span_processor(BatchSpanProcessor(exporter))
    return provider
