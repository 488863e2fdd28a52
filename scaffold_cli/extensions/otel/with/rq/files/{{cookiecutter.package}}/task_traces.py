"""Traces of tasks: each goes on with the trace of the request that asked for it."""

from contextlib import ExitStack

from flask import Flask, current_app, g
from opentelemetry.context import get_current
from opentelemetry.propagate import extract
from opentelemetry.trace import SpanKind
from rq.job import Job


def trace_tasks(app: Flask) -> None:
    """Have the tasks of an application be spans of their requests' traces."""
    app.teardown_appcontext(end_span)


def begin_span(job: Job) -> None:
    """Have a job that begins be a span, until its application context ends."""
    tracer = current_app.extensions["otel"].get_tracer(__name__)
    name, context = str(job.func_name), extract(job.meta, get_current())
    g.task_span = ExitStack()
    g.task_span.enter_context(
        tracer.start_as_current_span(name, context, kind=SpanKind.CONSUMER)
    )


def end_span(error: BaseException | None) -> None:
    """End the span of a task, and say in it what has gone wrong."""
    if span := g.pop("task_span", None):
        span.__exit__(type(error) if error else None, error, None)
        if current_app.config["OTEL_EXPORTER_OTLP_ENDPOINT"]:
            # The worker ends this process without asking what it still has to do.
            current_app.extensions["otel"].force_flush()
