"""Traces in tests: kept in memory instead of being sent."""

from unittest.mock import patch

from flask import Flask
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from .. import telemetry
from ..app import create_app
from .base import TEST_SETTINGS


class TracedApp:
    """An application with a collector, and the spans that it was sent."""

    def __init__(self, **settings: object) -> None:
        self.memory = InMemorySpanExporter()
        collector = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://collector.example:4318"}
        with patch.object(telemetry, "OTLPSpanExporter", return_value=self.memory):
            self.app: Flask = create_app({**TEST_SETTINGS, **collector}, **settings)

    def spans(self) -> list[ReadableSpan]:
        """Return the spans so far, those that ended first before the others."""
        self.app.extensions["otel"].force_flush()
        return list(self.memory.get_finished_spans())
