"""The id of a request in the lines of its tasks."""

from typing import Any

from flask import Flask
from huey.api import Task
from huey.signals import SIGNAL_ENQUEUED
from structlog.contextvars import bind_contextvars, clear_contextvars, get_contextvars


def log_tasks(app: Flask) -> None:
    """Have the lines of an application's tasks carry the id of their request."""
    huey = app.extensions["huey"].huey
    huey.signal(SIGNAL_ENQUEUED)(send_id)
    huey.pre_execute()(take_id)
    huey.post_execute()(forget_id)


def send_id(signal: str, task: Task) -> None:
    """Send the id of the current request along with a task."""
    if request_id := get_contextvars().get("request_id"):
        headers, *_ = task.args
        headers["request_id"] = request_id


def take_id(task: Task) -> None:
    """Have all lines of a task carry the id that came with it."""
    headers, *_ = task.args
    if request_id := headers.get("request_id"):
        bind_contextvars(request_id=request_id)


def forget_id(task: Task, value: Any, error: Exception | None) -> None:
    """Have the next task begin without the id."""
    clear_contextvars()
