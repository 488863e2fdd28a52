"""Celery, bound to applications: each sends its tasks to its own broker."""

import os
from collections.abc import Callable
from importlib import import_module
from threading import Event
from typing import Any

import celery.exceptions
from celery import Celery, shared_task
from celery import Task as CeleryTask
from celery.result import AsyncResult
from flask import Flask, current_app
from kombu.exceptions import OperationalError

from .core.outages import add_outage
from .core.readiness import add_need
# slot: task-imports

TIMEOUT = 5  # seconds to wait for an answer of Redis, if that is the broker


class TaskQueue:
    """The tasks, and the worker that does them, of the current application.

    One object may serve several applications: each has a Celery application of its own
    in ``app.extensions["celery"]``.
    """

    def init_app(self, app: Flask) -> None:
        """Make the Celery application, and have it know what ``tasks.py`` defines."""
        made = app.extensions["celery"] = celery_init_app(app)
        if app.config["CELERY_BROKER_URL"]:
            add_need(app, "tasks", lambda: ask_broker(made))
            add_outage(app, OperationalError)
        import_module(".tasks", app.import_name)

    @property
    def celery(self) -> Celery:
        """The Celery application of the current Flask application."""
        found: Celery = current_app.extensions["celery"]
        return found

    def task(
        self, *, retries: int = 0, wait: int = 60
    ) -> Callable[[Callable[..., Any]], "Task"]:
        """Make a task of a function: ``@queue.task()``.

        :param retries: how often it is tried again when it fails.
        :param wait: seconds between two tries.
        """

        def decorator(function: Callable[..., Any]) -> Task:
            return Task(function, retries, wait)

        return decorator

    def work(self) -> None:
        """Do tasks until told to stop; without a broker there are none to wait for."""
        if not has_broker():
            print("Without CELERY_BROKER_URL, each task is done where it arises.")
            Event().wait()
        # RabbitMQ takes no two workers of one name, and a machine may have several.
        name = f"--hostname=worker-{os.getpid()}@%h"
        self.celery.worker_main(["worker", "--loglevel=INFO", name])


class Task:
    """A function that a worker may do.

    Celery's own ``@shared_task`` asks the last Celery application made in the process;
    this one asks that of the current Flask application.
    """

    def __init__(self, function: Callable[..., Any], retries: int, wait: int) -> None:
        self.function = function
        self.name = f"{function.__module__}.{function.__name__}"
        shared_task(
            name=self.name,
            autoretry_for=(Exception,) if retries else (),
            max_retries=retries,
            default_retry_delay=wait,
        )(function)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Do it here and now, in an application context of its own."""
        with current_app.app_context():
            return self.function(*args, **kwargs)

    def delay(self, *args: Any, **kwargs: Any) -> None:
        """Have a worker do it. The arguments are sent as JSON."""
        if has_broker():
            self.celery_task.apply_async(args, kwargs)
        else:
            self(*args, **kwargs)

    def result(self, *args: Any, timeout: float = 10, **kwargs: Any) -> Any:
        """Have a worker do it, and wait for what it returns.

        :raises TimeoutError: when that takes longer than so many seconds; if nobody has
            begun by then, it is not done at all.
        """
        if not has_broker():
            return self(*args, **kwargs)
        result: AsyncResult[Any]
        result = self.celery_task.apply_async(
            args, kwargs, ignore_result=False, expires=timeout
        )
        try:
            return result.get(timeout=timeout)
        except celery.exceptions.TimeoutError as error:
            raise TimeoutError from error

    @property
    def celery_task(self) -> "CeleryTask[..., Any]":
        """The task as Celery knows it, for all else that it can do."""
        found: CeleryTask[..., Any]
        found = current_app.extensions["celery"].tasks[self.name]
        return found


def has_broker() -> bool:
    """Tell whether tasks of the current application wait for a worker."""
    return bool(current_app.config["CELERY_BROKER_URL"])


def ask_broker(celery: Celery) -> None:
    """Connect to the broker; raise if that fails."""
    with celery.connection_for_write() as connection:
        connection.connect()


def celery_init_app(app: Flask) -> Celery:
    """Make the Celery application of a Flask application, from its settings."""

    class FlaskTask(CeleryTask[..., Any]):
        """Does each task in an application context of its own."""

        def __call__(self, *args: Any, **kwargs: Any) -> Any:
            with app.app_context():
                # slot: task-begins
                return self.run(*args, **kwargs)

    broker = app.config["CELERY_BROKER_URL"]
    made: Celery
    made = Celery(app.import_name, task_cls=FlaskTask, set_as_current=False)
    made.conf.update(
        broker_url=broker or "memory://",
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,  # a worker waits for its broker for ever
        broker_transport_options=transport_options(app),
        redis_socket_timeout=TIMEOUT,
        result_backend=app.config["CELERY_RESULT_BACKEND"] or backend_in(broker),
        task_always_eager=not broker,
        task_eager_propagates=True,
        task_ignore_result=True,  # kept only for those who ask, with Task.result
        # The broker keeps a task until it is done, not until it is begun: what a worker
        # has in hand when it dies is done by another. So any task may run twice.
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        worker_prefetch_multiplier=1,  # no worker has more in hand than it is doing
        worker_concurrency=app.config["CELERY_WORKER_CONCURRENCY"],
    )
    return made


def transport_options(app: Flask) -> dict[str, Any]:
    """Return how to deal with a broker of the kind that is set."""
    broker = app.config["CELERY_BROKER_URL"]
    if is_redis(broker):
        return {
            "socket_timeout": TIMEOUT,
            # Redis can't tell that a worker is gone: Celery goes by the time, and looks
            # for such tasks every 10 seconds.
            "visibility_timeout": app.config["CELERY_VISIBILITY_TIMEOUT"],
            "unacked_restore_throttle": 1,
        }
    if broker.startswith(("amqp://", "amqps://", "pyamqp://")):
        return {"confirm_publish": True}  # sent is what RabbitMQ says that it has
    return {}


def backend_in(broker: str) -> str:
    """Return the address under which results are kept in the broker itself."""
    return broker if is_redis(broker) else "rpc://"


def is_redis(url: str) -> bool:
    """Tell whether an address is that of a Redis server."""
    return url.startswith(("redis://", "rediss://"))
