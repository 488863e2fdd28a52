"""Tasks outlive their workers and their broker: none is lost, and one that is written for it counts once.

``TASKS=10000`` is the full run; by default there are as many as CI can bear.
"""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from projects import wait_until
from rabbitmq_server import RabbitServer, rabbitmq_server
from redis_server import LastingRedisServer
from shops import Shop, new_shop, opened
from test_servers_data import postgres
from test_servers_data import server_folder as server_folder
from workers import Worker

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("servers-durability")]

TASKS = int(os.environ.get("TASKS", "400"))

Broker = RabbitServer | LastingRedisServer


@pytest.fixture(scope="module")
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a PostgreSQL server."""
    with postgres(request.getfixturevalue("server_folder")) as server:
        yield server.url


@pytest.fixture(scope="module")
def celery(tmp_path_factory: pytest.TempPathFactory, database: str) -> Shop:
    """A project that has its tasks done by Celery."""
    return new_shop(tmp_path_factory.mktemp("celery"), "celery", database)


@pytest.fixture(params=["rabbitmq", "redis"])
def broker(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Broker]:
    """Each broker of Celery, not yet running."""
    if request.param == "redis":
        yield LastingRedisServer(tmp_path)
    else:
        with rabbitmq_server(tmp_path) as server:
            yield server


def test_each_task_is_done_whoever_dies(celery: Shop, broker: Broker, tmp_path: Path) -> None:
    settings = {"CELERY_BROKER_URL": broker.url(), "CELERY_VISIBILITY_TIMEOUT": "5"}
    shop = opened(celery, tmp_path, **settings)
    with ExitStack() as stack:
        up = stack.enter_context(ExitStack())
        up.enter_context(broker.running())
        first, second = (stack.enter_context(shop.working(name)) for name in "ab")
        began = time.monotonic()
        sender = stack.enter_context(shop.sending(TASKS))

        shop.wait_for(TASKS // 5)
        kill(first)
        stack.enter_context(shop.working("c"))
        shop.wait_for(TASKS * 2 // 5)
        up.close()
        time.sleep(1)
        up.enter_context(broker.running())
        shop.wait_for(TASKS * 3 // 5)
        os.kill(children(second)[0], signal.SIGKILL)
        shop.wait_for(TASKS)
        took = time.monotonic() - began

        assert sender.wait(10) == 0
        assert shop.books() == (TASKS, TASKS)
    twice = shop.told("begun").total() - TASKS
    print(f"{TASKS} tasks in {took:.0f} s, begun twice: {twice}, {shop.told('again').total()} of them done before")


def kill(worker: Worker) -> None:
    """Kill a worker and its processes, as a machine does that is out of memory or goes away."""
    os.killpg(worker.process.pid, signal.SIGKILL)


def children(worker: Worker) -> list[int]:
    """Return the processes in which a worker does its tasks."""
    command = ("ps", "-o", "pid=", "--ppid", str(worker.process.pid))
    return [int(pid) for pid in subprocess.check_output(command).split()]
