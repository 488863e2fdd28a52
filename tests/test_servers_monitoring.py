"""What a served project sends by HTTP: reports in Sentry's envelopes, traces in OTLP's protobuf."""

import gzip
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from projects import Project, free_port, new_project, wait_until

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("servers-monitoring")]


class Collector(ThreadingHTTPServer):
    """Takes whatever is posted to it on loopback, and keeps it: path and body."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.posts: list[tuple[str, bytes]] = []

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def bodies(self, path: str) -> list[bytes]:
        """Return what was posted to a path."""
        return [body for posted, body in self.posts if posted == path]


class Handler(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        self.server.posts.append((self.path, body))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def collector() -> Iterator[Collector]:
    with Collector() as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    chosen = [
        word
        for name in ("sentry", "otel", "structlog", "sqlalchemy", "gunicorn")
        for word in ("--with", name)
    ]
    return new_project(tmp_path_factory.mktemp("monitoring"), "--preset", "minimal", *chosen)


def test_a_test_report_arrives_at_sentry(project: Project, collector: Collector) -> None:
    dsn = f"http://key@127.0.0.1:{collector.port}/1"

    said = project.must_run("python", "manage.py", "send-test-report", SENTRY_DSN=dsn)

    [envelope] = [b for b in collector.bodies("/api/1/envelope/") if b"This is a test." in b]
    assert said.removeprefix("Sent: ").strip().encode() in envelope


def test_a_request_and_its_statement_arrive_at_the_collector(
    project: Project, collector: Collector
) -> None:
    port = free_port()
    endpoint = f"http://127.0.0.1:{collector.port}"
    settings = {"OTEL_EXPORTER_OTLP_ENDPOINT": endpoint, "OTEL_BSP_SCHEDULE_DELAY": "200"}
    project.must_run("python", "manage.py", "release")
    with project.serve(
        "gunicorn", "my_shop.app:app", port=port, PORT=str(port), FLASK_DEBUG="0", **settings
    ) as server:
        assert server.get("/pages/").status == 200
        wait_until(
            lambda: b"GET /pages/" in b"".join(collector.bodies("/v1/traces")),
            "the span of the request",
        )
        wait_until(
            lambda: b"SELECT" in b"".join(collector.bodies("/v1/traces")),
            "the span of the statement",
        )
        assert '"trace_id"' in server.output()
