"""Huey, bound to applications: each has a queue of its own."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from threading import Event
from typing import Any

from flask import Flask, current_app
from huey import Huey, MemoryHuey, RedisExpireHuey, SqliteHuey
from huey.api import TaskWrapper
from huey.exceptions import ResultTimeout
from huey.serializer import SignedSerializer

from .core.readiness import add_need
# slot: task-imports

TIMEOUT = 5  # seconds to wait for Redis; ?socket_timeout= in its address wins


@dataclass
class Queue:
    """The queue of one application, and the tasks that are registered with it."""

    app: Flask
    huey: Huey
    tasks: dict[str, TaskWrapper] = field(default_factory=dict)

    def register(self, task: "Task") -> TaskWrapper:
        """Return a task as this queue knows it; it is registered at the first time."""
        if task.name not in self.tasks:

            def run(
                headers: dict[str, Any], *args: Any, **kwargs: Any
            ) -> list[Any] | None:
                with self.app.app_context():
                    # slot: task-begins
                    value = task.function(*args, **kwargs)
                return [value] if headers["asked"] else None  # None is not kept

            run.__module__ = task.function.__module__
            options = {"retries": task.retries, "retry_delay": task.wait}
            named = self.huey.task(name=task.function.__name__, **options)
            self.tasks[task.name] = named(run)
        return self.tasks[task.name]


class TaskQueue:
    """The tasks, and the worker that does them, of the current application.

    One object may serve several applications: each has a queue of its own in
    ``app.extensions["huey"]``.
    """

    def __init__(self) -> None:
        self.tasks: list[Task] = []

    def init_app(self, app: Flask) -> None:
        """Make the application's queue, and load the tasks that ``tasks.py`` defines."""
        huey = make_huey(app)
        app.extensions["huey"] = Queue(app, huey)
        if app.config["HUEY_URL"]:
            add_need(app, "tasks", huey.storage.queue_size)
        import_module(".tasks", app.import_name)

    @property
    def huey(self) -> Huey:
        """The Huey of the current application."""
        return current_app.extensions["huey"].huey

    def task(
        self, *, retries: int = 0, wait: int = 60
    ) -> Callable[[Callable[..., Any]], "Task"]:
        """Make a task of a function: ``@queue.task()``.

        :param retries: how often it is tried again when it fails.
        :param wait: seconds between two tries.
        """

        def decorator(function: Callable[..., Any]) -> Task:
            self.tasks.append(Task(function, retries, wait))
            return self.tasks[-1]

        return decorator

    def work(self) -> None:
        """Do tasks until told to stop; without a queue there are none to wait for."""
        if not has_queue():
            print("Without HUEY_URL, each task is done where it arises.")
            Event().wait()
        for task in self.tasks:
            current_app.extensions["huey"].register(task)
        logging.basicConfig(level=logging.INFO)
        # Told to stop by SIGTERM, it does to the end what it has begun.
        options = {"workers": current_app.config["HUEY_WORKERS"]}
        self.huey.create_consumer(**options, graceful_signal="TERM").run()


class Task:
    """A function that a worker may do."""

    def __init__(self, function: Callable[..., Any], retries: int, wait: int) -> None:
        self.function = function
        self.name = f"{function.__module__}.{function.__name__}"
        self.retries = retries
        self.wait = wait

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Do it here and now, in an application context of its own."""
        with current_app.app_context():
            return self.function(*args, **kwargs)

    def delay(self, *args: Any, **kwargs: Any) -> None:
        """Have a worker do it. The arguments are sent pickled, and signed."""
        if has_queue():
            task = current_app.extensions["huey"].register(self)
            task({"asked": False}, *args, **kwargs)
        else:
            self(*args, **kwargs)

    def result(self, *args: Any, timeout: float = 10, **kwargs: Any) -> Any:
        """Have a worker do it, and wait for what it returns.

        :raises TimeoutError: when that takes longer than so many seconds; if nobody has
            begun by then, it is not done at all.
        """
        if not has_queue():
            return self(*args, **kwargs)
        task = current_app.extensions["huey"].register(self)
        result = task({"asked": True}, *args, **kwargs, expires=timeout)
        try:
            [value] = result.get(blocking=True, timeout=timeout, max_delay=0.1)
        except ResultTimeout as error:
            raise TimeoutError from error
        return value


def has_queue() -> bool:
    """Tell whether tasks of the current application wait for a worker."""
    return bool(current_app.config["HUEY_URL"])


def make_huey(app: Flask) -> Huey:
    """Make the Huey that an application's ``HUEY_URL`` asks for."""
    url = app.config["HUEY_URL"]
    if not url:
        return MemoryHuey(app.import_name, immediate=True)
    # What is unpickled must come from this application, not just from the same server.
    serializer = SignedSerializer(secret=app.config["SECRET_KEY"])
    if not url.startswith("sqlite:///"):
        url = with_timeout(url)
        return RedisExpireHuey(app.import_name, url=url, serializer=serializer)
    path = Path(app.instance_path, url.removeprefix("sqlite:///"))
    path.parent.mkdir(parents=True, exist_ok=True)
    return SqliteHuey(app.import_name, filename=str(path), serializer=serializer)


def with_timeout(url: str) -> str:
    """Say in a server's address how long to wait for its answers, if it does not."""
    if "socket_timeout=" in url:
        return url
    return f"{url}{'&' if '?' in url else '?'}socket_timeout={TIMEOUT}"
