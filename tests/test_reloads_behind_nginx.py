"""New code, new settings and new processes behind nginx: a hundred visitors at once, and no request of theirs is lost."""

import logging
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from projects import (
    Browser,
    Project,
    Server,
    free_port,
    is_listening,
    new_project,
    started,
    wait_until,
)
from test_reloads import STARTED
from test_servers_web import Ports, conf, nginx, ports, production

__all__ = ["nginx", "ports"]  # fixtures

pytestmark = pytest.mark.real

SECONDS = int(os.environ.get("SECONDS_OF_LOAD", "3"))
VISITORS = 100
HOST = "127.0.0.1"
KEEPER = Path(__file__).parent / "keeper.py"


class Load(NamedTuple):
    """What became of the requests."""

    answered: int
    failed: int

    @classmethod
    def of(cls, report: str) -> "Load":
        """Read what ``wrk`` reports; what it says of errors is there only if there were some."""
        [answered] = re.findall(r"(\d+) requests in", report)
        errors = re.findall(
            r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", report
        )
        refused = re.findall(r"Non-2xx or 3xx responses: (\d+)", report)
        return cls(int(answered), sum(map(int, (*refused, *sum(errors, ())))))


class Visitors:
    """Many at once, each asking again as soon as it is answered: every other time it sends something."""

    def __init__(self, address: str, folder: Path) -> None:
        wrk = shutil.which("wrk")
        if wrk is None:
            pytest.skip("needs wrk")
        script = folder / "visitors.lua"
        script.write_text(TURNS)
        words = f"{wrk} -t2 -c{VISITORS} -d{SECONDS}s --timeout 30s -s {script}".split()
        self._process = subprocess.Popen(
            [*words, f"{address}/healthz"], stdout=subprocess.PIPE, text=True
        )

    def leave(self) -> Load:
        """Wait until they have gone, and tell what became of their requests."""
        report, _ = self._process.communicate(timeout=SECONDS * 3 + 30)
        assert self._process.returncode == 0, report
        return Load.of(report)


# A proxy may ask again when a connection breaks, but not for what may change something.
TURNS = """
local posts = false
request = function()
    posts = not posts
    if posts then
        return wrk.format("POST", nil, nil, "x")
    end
    return wrk.format("GET")
end
"""


class Site(NamedTuple):
    """A project behind nginx: where its server listens, and what starts one."""

    project: Project
    server: Server
    ports: Ports
    folder: Path


Way = Callable[[Site], None]


def hup(site: Site) -> None:
    """Reload as ``systemctl reload`` does."""
    site.server.send(signal.SIGHUP)
    site.server.wait_for(STARTED[site.project.web[0]], times=4)


def replace(site: Site) -> None:
    """Start a second gunicorn on the first one's socket, and stop the first."""
    site.server.send(signal.SIGUSR2)
    site.server.wait_for("Booting worker", times=4)
    time.sleep(1)  # its application is imported by then
    site.server.stop()


def touch_code(site: Site) -> None:
    """Have uWSGI start one worker after the other anew."""
    os.utime(site.project.folder / site.project.package / "app.py")
    site.server.wait_for("WSGI app 0", times=4)


def touch_settings(site: Site) -> None:
    """Have uWSGI start itself anew."""
    os.utime(site.project.folder / "my_shop.ini")
    site.server.wait_for("WSGI app 0", times=4)


def fifo(site: Site) -> None:
    """Have uWSGI start itself anew by its fifo."""
    (site.folder / "fifo").write_text("r")
    site.server.wait_for("WSGI app 0", times=4)


WAYS = {"gunicorn": (hup, replace), "uwsgi": (hup, touch_code, touch_settings, fifo)}
if "SECONDS_OF_LOAD" not in os.environ:  # then one is enough: the others are tried without nginx
    WAYS = {"gunicorn": (hup,), "uwsgi": (hup,)}


@pytest.fixture(scope="session")
def project(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with a server, and nginx's file and systemd's for it; its health check takes posts, too."""
    folder = tmp_path_factory.mktemp(request.param)
    flags = ("--preset", "minimal", "--set", "deploy=none", "--no-git")
    made = new_project(
        folder, *flags, "--with", request.param, "--with", "nginx", "--with", "systemd"
    )
    app = made.folder / made.package / "app.py"
    text = app.read_text()
    old = "view_func=views.healthz)"
    assert text.count(old) == 1
    app.write_text(text.replace(old, 'view_func=views.healthz, methods=["GET", "POST"])'))
    return made


@contextmanager
def nginx_before(project: Project, nginx: str, ports: Ports, folder: Path) -> Iterator[Browser]:
    """Start nginx by the project's file."""
    file = conf(project, folder, ports)
    log = folder / "nginx.log"
    with started(nginx, "-c", file, cwd=folder, log=log, environment=project.environment()):
        wait_until(lambda: is_listening(ports.nginx), "nginx")
        yield Browser(f"http://127.0.0.1:{ports.nginx}")


@pytest.mark.parametrize(
    ("project", "way"),
    [
        pytest.param(
            name, way, marks=pytest.mark.xdist_group(f"nginx-{name}"), id=f"{name}-{way.__name__}"
        )
        for name, ways in WAYS.items()
        for way in ways
    ],
    indirect=["project"],
)
def test_behind_nginx_no_request_is_lost_by_a_reload(
    project: Project, way: Way, nginx: str, ports: Ports, tmp_path: Path
) -> None:
    uwsgi = project.web[0] == "uwsgi"
    more = {"UWSGI_SOCKET": f"{tmp_path}/web.sock", "UWSGI_MASTER_FIFO": f"{tmp_path}/fifo"}
    surroundings = production(
        ports.server, WEB_CONCURRENCY="2", TRUSTED_PROXIES="1", **(more if uwsgi else {})
    )
    with (
        nginx_before(project, nginx, ports, tmp_path) as site,
        project.serve(*project.web, port=ports.server, **surroundings) as server,
        project.edited(f"{project.package}/views.py", '"ok"', '"new"'),
    ):
        server.wait_for(STARTED[project.web[0]], times=2)  # later ones are new
        visitors = Visitors(site.address, tmp_path)
        time.sleep(SECONDS / 6)
        way(Site(project, server, ports, tmp_path))
        load = visitors.leave()

        logging.info("%s", load)
        assert load.failed == 0, (tmp_path / "nginx.log").read_text()[-3000:]
        assert load.answered > VISITORS
        assert site.get("/healthz").text.strip() == '{"status":"new"}'


@pytest.mark.xdist_group("nginx-gunicorn")
@pytest.mark.parametrize("project", ["gunicorn"], indirect=True)
def test_no_request_is_lost_by_a_restart_while_systemd_keeps_the_socket(
    project: Project, nginx: str, ports: Ports, tmp_path: Path
) -> None:
    surroundings = production(ports.server, WEB_CONCURRENCY="2", TRUSTED_PROXIES="1")
    command = ("python", KEEPER, str(ports.server), *project.web)
    with (
        nginx_before(project, nginx, ports, tmp_path) as site,
        project.serve(*command, port=ports.server, **surroundings) as server,
    ):
        visitors = Visitors(site.address, tmp_path)
        times, until = 1, time.monotonic() + SECONDS * 0.8
        while times < 3 or time.monotonic() < until:
            time.sleep(0.5)
            server.send(signal.SIGHUP)
            times += 1
            server.wait_for("Listening at", times)
        load = visitors.leave()

        logging.info("%s, %d starts", load, times)
        assert load.failed == 0, (tmp_path / "nginx.log").read_text()[-3000:]
        assert load.answered > VISITORS


@pytest.mark.xdist_group("nginx-gunicorn")
@pytest.mark.parametrize("project", ["gunicorn"], indirect=True)
def test_the_first_request_waits_in_systemds_socket_until_the_service_is_there(
    project: Project,
) -> None:
    activate = shutil.which("systemd-socket-activate")
    if activate is None:
        pytest.skip("needs systemd-socket-activate")
    unit = (project.folder / "systemd/my-shop.service").read_text()
    [command] = re.findall("^ExecStart=(.*)$", unit, re.MULTILINE)
    words = command.replace("/srv/my-shop", str(project.folder)).split()
    port = free_port()
    settings = {"FLASK_DEBUG": "0", "WEB_CONCURRENCY": "1", "PORT": str(free_port())}
    told = (f"--setenv={name}={value}" for name, value in settings.items())
    with project.start(activate, f"--listen={HOST}:{port}", *told, *words, port=port) as server:
        server.wait_for("Listening on")
        assert "Booting worker" not in server.output()
        assert server.get("/healthz").status == 200
        server.wait_for(f"Listening at: http://{HOST}:{port}")
        assert server.stop() == 0
