"""What is seen of a task that a real worker does: errors in Sentry, lines in the log, spans at the collector."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from collector import Collector, collecting
from projects import LIMIT, Project, new_project, wait_until
from redis_server import redis_server
from workers import READY, working

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("servers-task-monitoring")]

TASKS = '''

@queue.task()
def greet(email: str) -> str:
    """Fail."""
    return email[len(email)]


@queue.task(retries=1, wait=0)
def knock(email: str) -> str:
    """Log a line, and fail, twice."""
    logging.getLogger("library").warning("Knock")
    return greet(email)


@queue.task()
def pay() -> None:
    """Do what is a span of its own."""
    with telemetry.tracer.start_as_current_span("count the money"):
        logging.getLogger("library").warning("Paid")
'''
ASK = """
from my_shop.app import app
from my_shop.tasks import greet, knock, pay

app.add_url_rule("/greet", "greet", lambda: str(greet.delay("ada@example.com")))
app.add_url_rule("/knock", "knock", lambda: str(knock.delay("ada@example.com")))
app.add_url_rule("/pay", "pay", lambda: str(pay.delay()))
headers = {{"X-Request-ID": "abc-123", "traceparent": "00-{trace}-b7ad6b7169203331-01"}}
app.test_client().get("{path}", headers=headers)
"""
TRACE = "0af7651916cd43dd8448eb211c80319c"
ASK_ALONE = """
from my_shop.app import app
from my_shop.tasks import ping

with app.app_context():
    ping.result()
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
    tasks = made.folder / made.package / "tasks.py"
    text = tasks.read_text().replace("import os\n", "import logging\nimport os\n")
    text = text.replace("import queue\n", "import queue, telemetry\n")
    tasks.write_text(text + TASKS)
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
        project.python(ASK.format(path="/greet", trace=TRACE), **settings)
        wait_until(lambda: collector.reports("IndexError"), "the report")

    [report] = collector.reports("IndexError")
    assert f'"type":"{queue}","handled":false'.encode() in report
    assert b"ada@example.com" not in report


def test_lines_of_a_task_carry_the_id_of_the_request_that_asked_for_it(
    project: Project, queue: str, redis_url: str, tmp_path: Path
) -> None:
    settings = {"REDIS_URL": redis_url, "FLASK_DEBUG": "0"}
    with working(project, tmp_path / "worker.log", **settings) as worker:
        worker.wait_for(READY[queue])
        started = len(worker.output())
        project.python(ASK.format(path="/knock", trace=TRACE), **settings)
        wait_until(lambda: worker.output().count("Knock") == 2, "both tries")
        project.python(ASK_ALONE, **settings)
        # Whatever it prints from now on is an event, in JSON.
        printed, _, _ = worker.output()[started:].rpartition("\n")
        lines = [json.loads(line) for line in printed.splitlines()]

    of_request = [line for line in lines if line.get("request_id") == "abc-123"]
    assert [line["event"] for line in of_request].count("Knock") == 2
    assert any("IndexError" in str(line) for line in of_request)
    assert not any("request_id" in line for line in lines if "ping" in line["event"])
    assert "ada@example.com" not in str(lines)


def test_a_task_is_a_span_in_the_trace_of_the_request_that_asked_for_it(
    project: Project, queue: str, redis_url: str, collector: Collector, tmp_path: Path
) -> None:
    settings = {
        "REDIS_URL": redis_url,
        "OTEL_EXPORTER_OTLP_ENDPOINT": collector.address,
        "OTEL_BSP_SCHEDULE_DELAY": "3600000",  # so the worker sends the last ones as it stops
        "FLASK_DEBUG": "0",
    }
    with working(project, tmp_path / "worker.log", **settings) as worker:
        worker.wait_for(READY[queue])
        project.python(ASK.format(path="/pay", trace=TRACE), **settings)
        worker.wait_for("Paid")
        worker.process.terminate()
        worker.process.wait(LIMIT)

    [spans] = [body for body in collector.bodies("/v1/traces") if b"count the money" in body]
    assert b"my_shop.tasks.pay" in spans
    assert spans.count(bytes.fromhex(TRACE)) == 2
    assert f'"trace_id": "{TRACE}"' in worker.output()
