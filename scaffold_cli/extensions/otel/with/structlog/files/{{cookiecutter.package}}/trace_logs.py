"""The trace of a request, named in its lines of the log."""

from opentelemetry import trace
from structlog.contextvars import bind_contextvars


def name_trace() -> None:
    """Have all lines of this request carry the id of its trace, if there is one."""
    context = trace.get_current_span().get_span_context()
    if context.is_valid:
        bind_contextvars(trace_id=trace.format_trace_id(context.trace_id))
