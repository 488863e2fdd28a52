"""The id of a request in the lines of its tasks."""

import logging

from rq.job import Job
from structlog.contextvars import bind_contextvars, get_contextvars


def log_tasks() -> None:
    """Have workers write lines as all others, whatever the number of applications."""
    logging.getLogger("rq.worker").addFilter(hide_arguments)


def send_id(job: Job) -> None:
    """Send the id of the current request along with a job."""
    if request_id := get_contextvars().get("request_id"):
        job.meta["request_id"] = request_id


def take_id(job: Job) -> None:
    """Have all lines of a job carry the id that came with it; its process ends with it."""
    if request_id := job.meta.get("request_id"):
        bind_contextvars(request_id=request_id)


def hide_arguments(record: logging.LogRecord) -> bool:
    """Take the arguments of a job out of a line: they may be personal."""
    for name in ("arguments", "kwargs"):
        record.__dict__.pop(name, None)
    return True
