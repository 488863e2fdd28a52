"""What a served project sends by HTTP: reports in Sentry's envelopes, traces in OTLP's protobuf."""

from collections.abc import Iterator

import pytest
from collector import Collector, collecting
from projects import Project, free_port, new_project, wait_until

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("servers-monitoring")]


@pytest.fixture
def collector() -> Iterator[Collector]:
    with collecting() as server:
        yield server


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    chosen = [
        word
        for name in ("sentry", "otel", "structlog", "sqlalchemy", "gunicorn")
        for word in ("--with", name)
    ]
    return new_project(tmp_path_factory.mktemp("monitoring"), "--preset", "minimal", *chosen)


def test_a_test_report_arrives_at_sentry(project: Project, collector: Collector) -> None:
    said = project.must_run("python", "manage.py", "send-test-report", SENTRY_DSN=collector.dsn)

    [envelope] = collector.reports("This is a test.")
    assert said.removeprefix("Sent: ").strip().encode() in envelope


def test_a_request_and_its_statement_arrive_at_the_collector(
    project: Project, collector: Collector
) -> None:
    port = free_port()
    settings = {
        "OTEL_EXPORTER_OTLP_ENDPOINT": collector.address,
        "OTEL_BSP_SCHEDULE_DELAY": "200",
    }
    project.must_run("python", "manage.py", "release")
    with project.serve(
        "gunicorn", "my_shop.app:app", port=port, PORT=str(port), FLASK_DEBUG="0", **settings
    ) as server:
        assert server.get("/pages/").status == 200
        wait_until(lambda: b"GET /pages/" in collector.traces(), "the span of the request")
        wait_until(lambda: b"SELECT" in collector.traces(), "the span of the statement")
        assert '"trace_id"' in server.output()
