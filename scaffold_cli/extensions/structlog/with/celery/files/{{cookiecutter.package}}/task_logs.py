"""Celery's lines in the log, and the id of a request in those of its tasks."""

import logging
from typing import Any

from celery import Task
from celery.signals import before_task_publish, setup_logging, task_postrun, task_prerun
from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars


def log_tasks() -> None:
    """Have workers write lines as all others, whatever the number of applications."""
    setup_logging.connect(keep_logging)
    before_task_publish.connect(send_id)
    task_prerun.connect(take_id)
    task_postrun.connect(forget_id)
    for name in ("celery.app.trace", "celery.worker.strategy"):
        logging.getLogger(name).addFilter(hide_arguments)


def keep_logging(**_: Any) -> None:
    """Leave logging as it is: if nobody did this, Celery would set up its own."""


def send_id(headers: dict[str, Any], **_: Any) -> None:
    """Send the id of the current request along with a task."""
    if request_id := get_contextvars().get("request_id"):
        headers["request_id"] = request_id


def take_id(task: "Task[..., Any]", **_: Any) -> None:
    """Have all lines of a task carry the id that came with it."""
    if request_id := task.request.get("request_id"):
        bind_contextvars(request_id=request_id)


def forget_id(task: "Task[..., Any]", **_: Any) -> None:
    """Have the next task begin without the id."""
    if not task.request.is_eager:
        clear_contextvars()


def hide_arguments(record: logging.LogRecord) -> bool:
    """Take the arguments of a task out of a line: they may be personal."""
    record.__dict__.pop("data", None)
    return True
