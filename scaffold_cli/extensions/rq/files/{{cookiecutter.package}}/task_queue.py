"""RQ, bound to applications: each puts its tasks into its own Redis."""

from collections.abc import Callable
from importlib import import_module
from math import ceil
from threading import Event
from time import monotonic, sleep
from typing import Any

from flask import Flask, current_app
from redis import ConnectionError as RedisConnectionError
from redis import Redis
from redis import TimeoutError as RedisTimeoutError
from rq import Queue, Retry, Worker
from rq.job import Job
from rq.serializers import JSONSerializer

from .core.outages import add_outage
from .core.readiness import add_need
# slot: task-imports

TIMEOUT = 5  # seconds to wait for Redis; ?socket_timeout= in its address wins
MAINTENANCE = 60  # seconds between two looks for tasks whose worker is gone


class TaskQueue:
    """The tasks, and the worker that does them, of the current application.

    One object may serve several applications: each has an RQ queue of its own in
    ``app.extensions["rq"]``.
    """

    def init_app(self, app: Flask) -> None:
        """Make the application's queue, and load the tasks that ``tasks.py`` defines."""
        # It connects at its first command: without a server, never.
        url = app.config["RQ_REDIS_URL"] or "redis://"
        server = Redis.from_url(url, socket_timeout=TIMEOUT)
        app.extensions["rq"] = Queue(
            app.import_name,
            connection=server,
            job_class=AppJob,
            serializer=JSONSerializer,
        )
        if app.config["RQ_REDIS_URL"]:
            add_need(app, "tasks", server.ping)
            add_outage(app, RedisConnectionError, RedisTimeoutError)
        import_module(".tasks", app.import_name)

    @property
    def rq(self) -> Queue:
        """The RQ queue of the current application."""
        found: Queue = current_app.extensions["rq"]
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
        """Do tasks until told to stop; without a server there are none to wait for."""
        if not has_server():
            print("Without RQ_REDIS_URL, each task is done where it arises.")
            Event().wait()
        worker = Worker(
            [self.rq],
            job_class=AppJob,
            serializer=JSONSerializer,
            maintenance_interval=MAINTENANCE,
        )
        worker.work(with_scheduler=True)  # which brings back what is tried again


class AppJob(Job):
    """A job that is done in an application context of its own."""

    def perform(self) -> Any:
        """Do it."""
        with current_app.app_context():
            # slot: task-begins
            return super().perform()


class Task:
    """A function that a worker may do; RQ finds it by its name in its module."""

    def __init__(self, function: Callable[..., Any], retries: int, wait: int) -> None:
        self.function = function
        self.name = f"{function.__module__}.{function.__name__}"
        self.retry = Retry(max=retries, interval=wait) if retries else None

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Do it here and now, in an application context of its own."""
        with current_app.app_context():
            return self.function(*args, **kwargs)

    def delay(self, *args: Any, **kwargs: Any) -> None:
        """Have a worker do it. The arguments are sent as JSON."""
        if has_server():
            self.enqueue(args, kwargs)
        else:
            self(*args, **kwargs)

    def result(self, *args: Any, timeout: float = 10, **kwargs: Any) -> Any:
        """Have a worker do it, and wait for what it returns.

        :raises TimeoutError: when that takes longer than so many seconds; if nobody has
            begun by then, it is not done at all.
        """
        if not has_server():
            return self(*args, **kwargs)
        job = self.enqueue(args, kwargs, ttl=ceil(timeout) + 1)
        until = monotonic() + timeout
        while not (job.is_finished or job.is_failed):
            if monotonic() > until:
                raise TimeoutError
            sleep(0.05)
        if job.is_failed:
            raise RuntimeError(f"{self.name} has failed: the worker's log tells why.")
        return job.return_value()

    def enqueue(self, args: Any, kwargs: Any, ttl: int | None = None) -> Job:
        """Put it into the queue of the current application."""
        queue: Queue = current_app.extensions["rq"]
        job = queue.create_job(
            self.name,
            args,
            kwargs,
            ttl=ttl,
            retry=self.retry,
            description=self.name,  # else its arguments are in the worker's log
        )
        # slot: task-sent
        return queue.enqueue_job(job)


def has_server() -> bool:
    """Tell whether tasks of the current application wait for a worker."""
    return bool(current_app.config["RQ_REDIS_URL"])
