"""Traces of what is asked of the database."""

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from opentelemetry.instrumentation.sqlalchemy.engine import EngineTracer
from opentelemetry.instrumentation.utils import suppress_instrumentation
from opentelemetry.metrics import get_meter

from .core.readiness import Ask, Need


def trace_database(app: Flask, db: SQLAlchemy) -> None:
    """Have each statement be a span of the application, without its values.

    SQLAlchemyInstrumentor would do so for the first application of a process only.
    """
    if not app.config["OTEL_EXPORTER_OTLP_ENDPOINT"]:
        return
    tracer = app.extensions["otel"].get_tracer(__name__)
    count = get_meter(__name__).create_up_down_counter("connections")
    with app.app_context():
        for engine in db.engines.values():
            EngineTracer(tracer, engine, count)  # type: ignore[no-untyped-call]
    need: Need = app.extensions["needs"]["database"]
    need.ask = untraced(need.ask)


def untraced(ask: Ask) -> Ask:
    """Have ``/readyz`` leave no traces of its own."""

    def ask_untraced() -> object:
        with suppress_instrumentation():
            return ask()

    return ask_untraced
