"""New code and new settings while visitors come: a hundred of them at once, and no request of theirs is lost."""

import logging
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from projects import Project, Server, free_port, new_project, started, wait_until

pytestmark = pytest.mark.real

SECONDS = int(os.environ.get("SECONDS_OF_LOAD", "12"))
VISITORS = 100
HELD = 4  # seconds in which a worker that is held has to be told of a reload

Way = Callable[[Server, Project, int], None]


class Load(NamedTuple):
    """What became of the requests."""

    answered: int
    failed: int

    @classmethod
    def of(cls, report: str) -> "Load":
        """Read what ``ab`` reports."""
        answered, failed, *refused = re.findall(
            r"^(?:Complete requests|Failed requests|Non-2xx responses): +(\d+)", report, re.M
        )
        return cls(int(answered), int(failed) + sum(map(int, refused)))


class Visitors:
    """Many at once, each asking again as soon as it is answered, mostly on the same connection."""

    def __init__(self, port: int, folder: Path) -> None:
        words = f"ab -r -l -k -q -c {VISITORS} -t {SECONDS} -n 10000000".split()
        self._report = folder / "ab.txt"
        with self._report.open("w") as output:
            self._process = subprocess.Popen(
                [*words, f"http://127.0.0.1:{port}/healthz"], stdout=output, stderr=output
            )

    def leave(self) -> Load:
        """Wait until they have gone, and tell what became of their requests."""
        self._process.wait(SECONDS * 3)
        report = self._report.read_text()
        assert self._process.returncode == 0, report
        return Load.of(report)


def hup(server: Server, project: Project, workers: int) -> None:
    """Have gunicorn start new workers, and stop the old ones."""
    server.send(signal.SIGHUP)
    server.wait_for("Booting worker", times=2 * workers)


def replace(server: Server, project: Project, workers: int) -> None:
    """Start a second gunicorn on the first one's socket, and stop the first."""
    server.send(signal.SIGUSR2)
    server.wait_for("Booting worker", times=2 * workers)
    time.sleep(1)  # its application is imported by then
    server.stop()


def touch_code(server: Server, project: Project, workers: int) -> None:
    """Have uWSGI start one worker after the other anew."""
    os.utime(project.folder / project.package / "app.py")
    server.wait_for("WSGI app 0", times=2 * workers)


def touch_settings(server: Server, project: Project, workers: int) -> None:
    """Have uWSGI start itself anew."""
    os.utime(project.folder / "my_shop.ini")
    server.wait_for("WSGI app 0", times=2 * workers)


# What a server prints for each worker that it starts.
STARTED = {"gunicorn": "Booting worker", "uwsgi": "WSGI app 0"}
WAYS = {"gunicorn": (hup, replace), "uwsgi": (touch_code, touch_settings)}


@pytest.fixture(scope="session")
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with a server, and nginx's file for it."""
    folder = tmp_path_factory.mktemp(request.param)
    flags = ("--preset", "minimal", "--set", "deploy=none", "--no-git")
    return new_project(folder, *flags, "--with", request.param, "--with", "nginx")


each_way = pytest.mark.parametrize(
    ("project", "way"),
    [
        pytest.param(name, way, marks=pytest.mark.xdist_group(f"reload-{name}"), id=way.__name__)
        for name, ways in WAYS.items()
        for way in ways
    ],
    indirect=["project"],
)


@each_way
def test_no_request_is_lost_by_a_reload(project: Project, way: Way, tmp_path: Path) -> None:
    port = free_port()
    surroundings = {"PORT": str(port), "FLASK_DEBUG": "0", "WEB_CONCURRENCY": "2"}
    with (
        project.serve(*project.web, port=port, **surroundings) as server,
        project.edited(f"{project.package}/views.py", '"ok"', '"new"'),
    ):
        server.wait_for(STARTED[project.web[0]], times=2)  # later ones are new
        visitors = Visitors(port, tmp_path)
        time.sleep(SECONDS / 6)
        way(server, project, 2)
        load = visitors.leave()

        logging.info("%s", load)
        assert load.failed == 0
        assert load.answered > VISITORS
        assert server.get("/healthz").text.strip() == '{"status":"new"}'


def only_worker(server: Server) -> int:
    """Return the process of a server's worker, as the server has printed it."""
    printed = r"(?:Booting worker with pid: |spawned uWSGI worker 1 \(pid: )(\d+)"
    [number] = re.findall(printed, server.output())
    return int(number)


@contextmanager
def held_when_it_accepts(worker: int, folder: Path) -> Iterator[Callable[[], bool]]:
    """Hold a worker for a while when it has accepted a connection; what this gives tells whether it has."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("needs strace")
    log, report = folder / "strace.log", folder / "accepted.txt"
    calls = "accept,accept4"
    hold = f"-e trace={calls} -e inject={calls}:delay_exit={HELD * 1_000_000}".split()
    words = (strace, "-f", *hold, "-o", report, "-p", str(worker))
    with started(*words, cwd=folder, log=log, environment=os.environ) as process:
        wait_until(lambda: "attached" in log.read_text() or process.poll() is not None, "strace")
        if process.poll() is not None:
            pytest.skip(f"strace may look into no process here: {log.read_text()}")
        yield lambda: "(DELAYED)" in report.read_text()


@each_way
def test_a_connection_that_a_worker_has_just_accepted_is_answered(
    project: Project, way: Way, tmp_path: Path
) -> None:
    port = free_port()
    surroundings = {"PORT": str(port), "FLASK_DEBUG": "0", "WEB_CONCURRENCY": "1"}
    with (
        project.serve(*project.web, port=port, **surroundings) as server,
        held_when_it_accepts(only_worker(server), tmp_path) as is_accepted,
        ThreadPoolExecutor(1) as pool,
    ):
        answer = pool.submit(server.get, "/healthz")
        wait_until(is_accepted, "a connection that the worker has accepted")
        way(server, project, 1)

        assert answer.result().status == 200
