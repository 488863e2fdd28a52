"""What is seen of a task that a real worker does: its errors in Sentry."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from collector import Collector, collecting
from projects import Project, new_project, wait_until
from redis_server import redis_server
from workers import READY, working

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("servers-task-monitoring")]

TASKS = '''

@queue.task()
def greet(email: str) -> str:
    """Fail."""
    return email[len(email)]
'''
ASK = """
from my_shop.app import app
from my_shop.tasks import greet

with app.app_context():
    greet.delay("ada@example.com")
"""


@pytest.fixture(scope="module", params=READY)
def queue(request: pytest.FixtureRequest) -> str:
    """Each of the task queues."""
    return str(request.param)


@pytest.fixture(scope="module")
def project(queue: str, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that is watched, and has a task that fails."""
    chosen = (queue, "redis", "sentry", "otel", "structlog")
    flags = [word for name in chosen for word in ("--with", name)]
    made = new_project(tmp_path_factory.mktemp(queue), "--preset", "minimal", "--no-git", *flags)
    with (made.folder / made.package / "tasks.py").open("a") as file:
        file.write(TASKS)
    return made


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server.url()


@pytest.fixture
def collector() -> Iterator[Collector]:
    with collecting() as server:
        yield server


def test_an_error_in_a_task_is_reported_once_without_what_is_personal(
    project: Project, queue: str, redis_url: str, collector: Collector, tmp_path: Path
) -> None:
    settings = {"REDIS_URL": redis_url, "SENTRY_DSN": collector.dsn, "FLASK_DEBUG": "0"}
    with working(project, tmp_path / "worker.log", **settings) as worker:
        worker.wait_for(READY[queue])
        project.python(ASK, **settings)
        wait_until(lambda: collector.reports("IndexError"), "the report")

    [report] = collector.reports("IndexError")
    assert f'"type":"{queue}","handled":false'.encode() in report
    assert b"ada@example.com" not in report
