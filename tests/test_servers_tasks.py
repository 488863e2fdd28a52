"""Background tasks, done by a real worker of each kind: across processes, again after a failure, to a clean end."""

import re
import signal
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import projects
import pytest
from projects import Project, free_port, wait_until
from redis_server import redis_server
from workers import READY, Worker, working

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("servers-tasks")]


class Kind(NamedTuple):
    """A kind of worker, and where its tasks wait."""

    extension: str
    setting: str
    accounts: str  # whose mail it sends
    url: str = ""  # of Redis, if empty

    def __str__(self) -> str:
        return f"{self.extension}-{self.url.partition(':')[0] or 'redis'}"


KINDS = [
    Kind("celery", "CELERY_BROKER_URL", "security"),
    Kind("rq", "RQ_REDIS_URL", "login"),
    Kind("huey", "HUEY_URL", "login"),
    Kind("huey", "HUEY_URL", "security", "sqlite:///tasks.db"),
]


@pytest.fixture(scope="module", params=KINDS, ids=str)
def kind(request: pytest.FixtureRequest) -> Kind:
    """Each kind of worker."""
    chosen: Kind = request.param
    return chosen


@pytest.fixture(scope="module")
def project(kind: Kind, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that has its mail sent by tasks."""
    chosen = [kind.extension, "mail", kind.accounts, *([] if kind.url else ["redis"])]
    folder = tmp_path_factory.mktemp(kind.extension)
    flags = [flag for name in chosen for flag in ("--with", name)]
    made = projects.new_project(folder, "--preset", "minimal", "--no-git", *flags)
    made.must_run("python", "manage.py", "release")
    return made


@pytest.fixture(scope="module")
def reached(kind: Kind, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """The settings with which the queue is reached; in Redis, by the extension's own setting."""
    if kind.url:
        yield {kind.setting: kind.url}
    else:
        with redis_server(tmp_path_factory.mktemp("redis")) as server:
            yield {"REDIS_URL": server.url()}


@pytest.fixture
def worker(
    project: Project, kind: Kind, reached: dict[str, str], tmp_path: Path
) -> Iterator[Worker]:
    """A worker that has started."""
    with working(project, tmp_path / "worker.log", **reached) as worker:
        worker.wait_for(READY[kind.extension])
        yield worker


def test_a_task_is_done_by_the_worker_and_its_result_comes_back(worker: Worker) -> None:
    done = worker.run("ping-worker")

    assert done.returncode == 0, done.stdout + done.stderr
    told = re.search(r"process (\d+)\.", done.stdout)
    assert told and "ping" in worker.output()
    alone = worker.project.run("python", "manage.py", "ping-worker", REDIS_URL=None)
    assert alone.returncode == 0 and told[1] not in alone.stdout


def test_a_project_is_ready_while_its_queue_answers(
    project: Project, kind: Kind, reached: dict[str, str]
) -> None:
    away = {kind.setting: f"redis://127.0.0.1:{free_port()}/0"}
    tried = [(reached, 200), *([] if kind.url else [(away, 503)])]  # a file is never away
    for settings, status in tried:
        port = free_port()
        command = ("gunicorn", "my_shop.app:app")
        with project.serve(*command, port=port, PORT=str(port), **settings) as server:
            answer = server.get("/readyz")
            assert (answer.status, "tasks" in answer.text) == (status, status == 503)


def test_mail_is_sent_by_the_worker(worker: Worker) -> None:
    done = worker.run("send-test-mail", "ada@example.com")

    assert done.returncode == 0, done.stderr
    assert "Subject" not in done.stdout
    worker.wait_for("To: ada@example.com")


def test_links_of_accounts_are_mailed_by_the_worker(worker: Worker, kind: Kind) -> None:
    port = free_port()
    command = ("gunicorn", "my_shop.app:app")
    site = worker.project.serve(*command, port=port, PORT=str(port), **worker.environment)
    with site as server:
        account = {"email": "ada@example.com", "password": "correct horse battery"}
        again = dict.fromkeys(("repeated", "password_confirm"), account["password"])
        server.submit("/register", **account, **again)
        projects.Browser(server.address).submit("/reset", email="ada@example.com")

        worker.wait_for("To: ada@example.com")
        path = {"login": "/reset/", "security": "/confirm/"}[kind.accounts]
        worker.wait_for(server.address + path)
        assert "To: ada@example.com" not in server.output()


def test_mail_is_sent_once_the_mail_server_is_back(
    project: Project, kind: Kind, reached: dict[str, str], tmp_path: Path
) -> None:
    port = free_port()
    settings = {**reached, "MAIL_SERVER": "127.0.0.1", "MAIL_PORT": str(port)}
    with (
        project.edited(f"{project.package}/mail.py", "wait=60", "wait=1"),
        working(project, tmp_path / "worker.log", **settings) as worker,
    ):
        worker.wait_for(READY[kind.extension])
        assert worker.run("send-test-mail", "ada@example.com").returncode == 0
        worker.wait_for("Connection refused")
        with smtp_server(port) as received:
            wait_until(lambda: received, "a later try")
        assert b"To: ada@example.com" in received[0]


def test_without_a_worker_nobody_answers(project: Project, reached: dict[str, str]) -> None:
    done = project.run("python", "manage.py", "ping-worker", "--timeout", "1", **reached)

    assert done.returncode == 1
    assert done.stdout == "No worker has answered within 1 s.\n"


def test_it_stops_cleanly_when_told_to(worker: Worker) -> None:
    # Huey says that it has started before it listens to signals: let it do something first.
    assert worker.run("ping-worker").returncode == 0
    worker.process.send_signal(signal.SIGTERM)

    assert worker.process.wait(projects.LIMIT) == 0, worker.output()
    assert "Traceback" not in worker.output()


def test_without_a_queue_it_waits_to_be_stopped(project: Project, tmp_path: Path) -> None:
    with working(project, tmp_path / "worker.log") as worker:
        worker.wait_for("each task is done where it arises")
        assert worker.process.poll() is None


@contextmanager
def smtp_server(port: int) -> Iterator[list[bytes]]:
    """Take mail on a port, and keep it."""
    received: list[bytes] = []

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"220 ready\r\n")
            for line in self.rfile:
                if line.strip().upper() == b"DATA":
                    self.wfile.write(b"354 go on\r\n")
                    received.append(b"".join(iter(self.rfile.readline, b".\r\n")))
                self.wfile.write(b"250 fine\r\n")

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

    with Server(("127.0.0.1", port), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield received
        server.shutdown()
