"""Traces of tasks: each goes on with the trace of the request that asked for it."""

from collections.abc import Mapping
from contextlib import ExitStack
from typing import Any

from celery.signals import before_task_publish, worker_process_shutdown
from flask import Flask, current_app, g
from opentelemetry.context import get_current
from opentelemetry.propagate import extract, inject
from opentelemetry.trace import SpanKind


def trace_tasks(app: Flask) -> None:
    """Have the tasks of an application be spans of their requests' traces."""
    before_task_publish.connect(send_trace)
    app.teardown_appcontext(end_span)
    if not app.config["OTEL_EXPORTER_OTLP_ENDPOINT"]:
        return
    provider = app.extensions["otel"]

    @worker_process_shutdown.connect(weak=False)
    def send_last_spans(**_: Any) -> None:
        # Celery's processes leave out what others do at their end.
        provider.shutdown()


def send_trace(headers: dict[str, Any], **_: Any) -> None:
    """Send along with a task which trace it is part of."""
    inject(headers)


def begin_span(name: str, headers: Mapping[str, Any]) -> None:
    """Have a task that begins be a span, until its application context ends."""
    tracer = current_app.extensions["otel"].get_tracer(__name__)
    context = extract(headers, get_current())
    g.task_span = ExitStack()
    g.task_span.enter_context(
        tracer.start_as_current_span(name, context, kind=SpanKind.CONSUMER)
    )


def end_span(error: BaseException | None) -> None:
    """End the span of a task, and say in it what has gone wrong."""
    if span := g.pop("task_span", None):
        span.__exit__(type(error) if error else None, error, None)
