"""Tasks outlive their workers and their broker: none is lost, and one that is written for it counts once.

``TASKS=10000`` is the full run; by default there are as many as CI can bear.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest
from database_servers import postgres
from database_servers import server_folder as server_folder
from projects import wait_until
from rabbitmq_server import RabbitServer, rabbitmq_server
from redis_server import LastingRedisServer
from shops import Shop, new_shop, opened
from workers import Worker

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("servers-durability")]

TASKS = int(os.environ.get("TASKS", "400"))
FEW = 100  # for queues that make a process of each task, or keep none

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


@pytest.fixture(scope="module")
def rq(tmp_path_factory: pytest.TempPathFactory, database: str) -> Shop:
    """A project that has its tasks done by RQ."""
    return new_shop(tmp_path_factory.mktemp("rq"), "rq", database)


@pytest.fixture(scope="module")
def huey(tmp_path_factory: pytest.TempPathFactory, database: str) -> Shop:
    """A project that has its tasks done by Huey."""
    return new_shop(tmp_path_factory.mktemp("huey"), "huey", database, "--with", "redis")


@pytest.fixture
def redis(tmp_path: Path) -> LastingRedisServer:
    """A Redis server, not yet running."""
    return LastingRedisServer(tmp_path)


def test_celery_loses_nothing_that_was_begun_and_rabbitmq_nothing_at_all(
    celery: Shop, broker: Broker, tmp_path: Path
) -> None:
    shop = opened(celery, tmp_path, **settings_of(broker))
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
        # Celery takes a task out of Redis a moment before it writes there that it has it. In this moment may be
        # the worker that is killed, and both that lose the server.
        shop.wait_for(TASKS - 3 if isinstance(broker, LastingRedisServer) else TASKS)
        wait_until(lambda: sender.poll() is not None, "the end of sending")
        if isinstance(broker, LastingRedisServer):
            wait_until(lambda: not in_celery(broker), "an empty queue")
        took, lost = time.monotonic() - began, TASKS - shop.credited()

        assert sender.returncode == 0
        shop.send_again(TASKS)
        shop.wait_for_books(TASKS)
    begun = shop.told("begun").total()
    figures = f"{TASKS} tasks in {took:.0f} s: begun {begun} times, sent again {lost}\n"
    sys.stdout.write(figures)  # shown by pytest -s


def test_what_a_killed_celery_worker_had_in_hand_is_done_by_another(
    celery: Shop, broker: Broker, tmp_path: Path
) -> None:
    shop = opened(celery, tmp_path, **settings_of(broker))
    with broker.running():
        with shop.working("a") as first:
            shop.rest(5)
            shop.rest(5)
            wait_until(lambda: shop.told("begun").total() == 2, "two tasks in hand")
            kill(first)
        with shop.working("b"):
            wait_until(lambda: shop.told("done").total() == 2, "the tasks of the killed worker")


def test_a_task_whose_process_is_killed_is_done_by_another(
    celery: Shop, broker: Broker, tmp_path: Path
) -> None:
    shop = opened(celery, tmp_path, **settings_of(broker))
    with broker.running(), shop.working("a"):
        shop.rest(5)
        wait_until(lambda: shop.told("begun"), "a task in hand")
        [pid] = shop.told("begun")
        os.kill(int(pid), signal.SIGKILL)
        wait_until(lambda: shop.told("done"), "its task")
        assert pid not in shop.told("done")


def test_rq_tries_again_what_is_tried_again_when_it_fails(
    rq: Shop, redis: LastingRedisServer, tmp_path: Path
) -> None:
    shop = opened(rq, tmp_path, RQ_REDIS_URL=redis.url())
    with ExitStack() as stack:
        up = stack.enter_context(ExitStack())
        up.enter_context(redis.running())
        first = stack.enter_context(shop.working("a"))
        sender = stack.enter_context(shop.sending(FEW))

        shop.wait_for(FEW // 4)
        kill(first)
        let_rq_notice(redis)
        second = stack.enter_context(shop.working("b"))
        shop.wait_for(FEW // 2)
        up.close()
        # A worker of RQ ends when it finds no server, and is started again by what has started it.
        kill(second)
        up.enter_context(redis.running())
        let_rq_notice(redis)
        stack.enter_context(shop.working("c"))
        shop.wait_for(FEW)

        wait_until(lambda: sender.poll() is not None, "the end of sending")
        assert sender.returncode == 0
        assert shop.books() == (FEW, FEW)


def test_rq_keeps_what_is_not_tried_again_among_the_failed(
    rq: Shop, redis: LastingRedisServer, tmp_path: Path
) -> None:
    shop = opened(rq, tmp_path, RQ_REDIS_URL=redis.url())
    with redis.running():
        with shop.working("a") as first:
            shop.rest(5)
            wait_until(lambda: shop.told("begun"), "a task in hand")
            kill(first)
        let_rq_notice(redis)
        with shop.working("b"):
            wait_until(lambda: redis.ask("ZCARD", "rq:failed:my_shop") == b"1", "a failure")
        assert not shop.told("done")


def test_huey_loses_what_a_killed_worker_had_in_hand_and_nothing_else(
    huey: Shop, redis: LastingRedisServer, tmp_path: Path
) -> None:
    shop = opened(huey, tmp_path, HUEY_URL=redis.url())
    with ExitStack() as stack:
        up = stack.enter_context(ExitStack())
        up.enter_context(redis.running())
        first = stack.enter_context(shop.working("a"))
        sender = stack.enter_context(shop.sending(FEW))

        shop.wait_for(FEW // 4)
        kill(first)
        up.close()
        time.sleep(1)
        up.enter_context(redis.running())
        stack.enter_context(shop.working("b"))
        wait_until(lambda: sender.poll() is not None, "the end of sending")
        shop.wait_for(FEW - 2)  # it does two at the same time

        assert sender.returncode == 0
        shop.send_again(FEW)
        shop.wait_for_books(FEW)


def settings_of(broker: Broker) -> dict[str, str]:
    """Return how Celery reaches a broker, and how long it is to wait for workers that are gone."""
    return {"CELERY_BROKER_URL": broker.url(), "CELERY_VISIBILITY_TIMEOUT": "10"}


def in_celery(redis: LastingRedisServer) -> bool:
    """Tell whether tasks of Celery wait, or are in hand."""
    return (redis.ask("LLEN", "celery"), redis.ask("HLEN", "unacked")) != (b"0", b"0")


def let_rq_notice(redis: LastingRedisServer) -> None:
    """Have it as if two minutes had passed: workers that are not heard of are given up."""
    for registry in redis.ask("KEYS", "rq:wip:*").decode().split():
        for job in redis.ask("ZRANGE", registry, "0", "-1").decode().split():
            redis.ask("ZADD", registry, "XX", "1", job)
    taken = "rq:queue:my_shop:intermediate"  # from the queue, and not yet begun
    for job in redis.ask("LRANGE", taken, "0", "-1").decode().split():
        redis.ask("SET", f"{taken}:first_seen:{job}", "1")
    for lock in redis.ask("KEYS", "rq:scheduler-lock:*").decode().split():
        redis.ask("DEL", lock)


def kill(worker: Worker) -> None:
    """Kill a worker and its processes, as when its machine goes away; RQ's are not in its group."""
    processes = children(worker)
    os.killpg(worker.process.pid, signal.SIGKILL)
    for pid in processes:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def children(worker: Worker) -> list[int]:
    """Return the processes in which a worker does its tasks."""
    command = ("ps", "-o", "pid=", "--ppid", str(worker.process.pid))
    listed = subprocess.run(
        command, capture_output=True, check=False
    ).stdout  # fails where there are none
    return [int(pid) for pid in listed.split()]
