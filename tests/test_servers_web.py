"""The servers, each as its project starts it; nginx in front of two of them; what an image runs."""

import json
import os
import re
import shutil
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import projects
import pytest
from projects import Browser, Project, free_port, is_listening, started, wait_until

pytestmark = pytest.mark.real

SERVERS = ("gevent", "granian", "gunicorn", "tornado", "uwsgi", "waitress")
FORWARDED = {"X_Forwarded_For": "192.0.2.7", "X_Forwarded_Proto": "https"}
VIEWS = """

def slow(seconds: float) -> str:
    time.sleep(seconds)
    return "done"


def who() -> str:
    return f"{request.scheme} {request.remote_addr}"
"""

Make = Callable[..., Project]


class Ports(NamedTuple):
    """Where nginx listens, and where the server behind it does."""

    nginx: int
    server: int


@pytest.fixture(scope="session")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Make a project with some extensions, once, and two views that tell what a server does."""
    made: dict[tuple[str, ...], Project] = {}

    def of(*extensions: str) -> Project:
        if extensions not in made:
            folder = tmp_path_factory.mktemp("-".join(extensions))
            chosen = [flag for extension in extensions for flag in ("--with", extension)]
            flags = ("--preset", "minimal", "--set", "deploy=none", "--no-git", *chosen)
            made[extensions] = project = projects.new_project(folder, *flags)
            add_views(project.folder / project.package)
        return made[extensions]

    return of


def add_views(package: Path) -> None:
    """Give an application a slow view, and one that says whom it takes its client for."""
    views, app = package / "views.py", package / "app.py"
    docstring, _, rest = views.read_text().partition("\n")
    views.write_text(f"{docstring}\nimport time\nfrom flask import request\n{rest}{VIEWS}")
    route = '    app.add_url_rule("/healthz", view_func=views.healthz)\n'
    more = (
        '    app.add_url_rule("/slow/<float:seconds>", view_func=views.slow)\n'
        '    app.add_url_rule("/who", view_func=views.who)\n'
    )
    text = app.read_text()
    assert text.count(route) == 1
    app.write_text(text.replace(route, route + more))


@pytest.fixture(scope="session")
def project(request: pytest.FixtureRequest, make: Make) -> Project:
    """The project of a server."""
    return make(request.param)


def on(*servers: str) -> pytest.MarkDecorator:
    """Run a test on projects of these servers; those of one server run in one process."""
    params = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in servers]
    return pytest.mark.parametrize("project", params, indirect=True, scope="session")


def production(port: int, **changes: str) -> dict[str, str]:
    """Return what a platform sets."""
    return {"PORT": str(port), "FLASK_DEBUG": "0", **changes}


@on(*SERVERS)
def test_a_server_answers_and_logs_a_line_for_each_request(project: Project) -> None:
    port = free_port()
    with project.serve(*project.web, port=port, **production(port)) as server:
        assert server.get("/healthz").text.strip() == '{"status":"ok"}'
        assert "Welcome to My Shop" in server.get("/").text
        assert server.get("/missing").status == 404
        server.wait_for("/missing")
        assert server.output().count("/missing") == 1
        assert server.stop() == 0
        assert server.is_gone()
        assert "Traceback" not in server.output()


@on("uwsgi")
def test_uwsgi_can_be_stopped_while_its_workers_load_the_application(project: Project) -> None:
    port = free_port()
    with project.start(*project.web, port=port, **production(port)) as server:
        server.wait_for("(pre app)", times=4)
        assert server.stop() == 0
        # What tries the application first has the server's socket, and ends when it has tried.
        wait_until(server.is_gone, "an end of all its processes")


@on(*SERVERS)
def test_slow_requests_do_not_wait_for_each_other(project: Project) -> None:
    port = free_port()
    with project.serve(*project.web, port=port, **production(port)) as server:
        time.sleep(1)  # other workers may still be starting
        started = time.monotonic()
        with ThreadPoolExecutor(8) as pool:
            answers = list(pool.map(server.get, ["/slow/0.5"] * 8))
        took = time.monotonic() - started

    assert {answer.text for answer in answers} == {"done"}
    assert took < 2.5  # one after the other they would take 4 seconds


@on(*SERVERS)
@pytest.mark.parametrize("way", ["alone", "honcho"])
def test_a_running_request_is_answered_when_a_server_is_stopped(project: Project, way: str) -> None:
    port = free_port()
    command = project.web if way == "alone" else ["honcho", "start"]
    with (
        project.serve(*command, port=port, **production(port)) as server,
        ThreadPoolExecutor(1) as pool,
    ):
        answer = pool.submit(server.get, "/slow/2.0")
        time.sleep(0.5)
        started = time.monotonic()
        code = server.stop()
        took = time.monotonic() - started

        assert answer.result().text == "done"
        assert code == (0 if way == "alone" else 128 + signal.SIGTERM)
        assert took < 5
        assert "SIGKILL" not in server.output()
        wait_until(server.is_gone, "nobody listens")


@on(*SERVERS)
@pytest.mark.parametrize(
    ("proxies", "seen"), [("0", "http 127.0.0.1"), ("1", "https 192.0.2.7")], ids=["none", "one"]
)
def test_forwarded_headers_are_believed_of_trusted_proxies_only(
    project: Project, proxies: str, seen: str
) -> None:
    port = free_port()
    surroundings = production(port, TRUSTED_PROXIES=proxies)
    with project.serve(*project.web, port=port, **surroundings) as server:
        assert server.get("/who", **FORWARDED).text == seen


# nginx in front of them


@pytest.fixture(params=["gunicorn", "uwsgi"])
def behind(request: pytest.FixtureRequest, make: Make) -> Project:
    """A project with nginx's file and a server."""
    return make(request.param, "nginx")


@pytest.fixture
def nginx() -> str:
    """The path of nginx; skips the test where there is none."""
    path = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if path is None:
        pytest.skip("needs nginx")
    return path


@pytest.fixture
def ports() -> Ports:
    """Where nginx listens, and where the server does that it passes requests on to."""
    return Ports(free_port(), free_port())


def conf(project: Project, folder: Path, ports: Ports) -> Path:
    """Write a whole configuration of nginx around the project's file, with places of the test's own."""
    text = (project.folder / "nginx/my-shop.conf").read_text()
    for old, new in {
        "listen 80;": f"listen 127.0.0.1:{ports.nginx};",
        "127.0.0.1:8000": f"127.0.0.1:{ports.server}",
        "/run/my-shop/web.sock": f"{folder}/web.sock",
        "/srv/my-shop": str(project.folder),
    }.items():
        text = text.replace(old, new)
    return configuration(text, folder)


def configuration(text: str, folder: Path) -> Path:
    """Write a whole configuration around a file for nginx's folder conf.d."""
    text = text.replace("include uwsgi_params;", "include /etc/nginx/uwsgi_params;")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    file = folder / "nginx.conf"
    file.write_text(
        f"daemon off;\npid {folder}/pid;\nerror_log stderr;\nevents {{}}\n"
        f"http {{\ninclude /etc/nginx/mime.types;\naccess_log {folder}/access;\n{temporary}{text}}}\n"
        + ("user root;\n" if os.geteuid() == 0 else "")
    )
    return file


def test_nginx_serves_static_files_and_passes_the_rest_on(
    behind: Project, nginx: str, ports: Ports, tmp_path: Path
) -> None:
    file = conf(behind, tmp_path, ports)
    uwsgi = "uwsgi" in (behind.folder / "Procfile").read_text()
    surroundings = production(
        ports.server,
        **({"UWSGI_SOCKET": f"{tmp_path}/web.sock"} if uwsgi else {"TRUSTED_PROXIES": "1"}),
    )
    checked = projects.run(nginx, "-t", "-c", file, cwd=tmp_path)
    assert checked.returncode == 0, checked.stderr
    log = tmp_path / "nginx.log"
    with started(nginx, "-c", file, cwd=tmp_path, log=log, environment=surroundings):
        site = Browser(f"http://127.0.0.1:{ports.nginx}")
        wait_until(lambda: is_listening(ports.nginx), "nginx")

        down = site.get("/")
        assert (down.status, down.headers["Retry-After"]) == (502, "30")
        assert "Back soon" in down.text

        with behind.serve(*behind.web, port=ports.server, **surroundings) as server:
            assert "Welcome to My Shop" in site.get("/").text
            assert site.get("/missing").status == 404
            assert site.get("/who", **FORWARDED).text == "http 127.0.0.1"
            kept = site.get("/static/style.css?v=1")
            assert "max-age=31536000" in kept.headers["Cache-Control"]
            assert kept.headers["X-Content-Type-Options"] == "nosniff"
            assert "max-age=3600" in site.get("/static/style.css").headers["Cache-Control"]
            assert "style.css" not in server.output()
            assert site.post("/", text="x" * 17_000_000).status == 413


# Images


def test_the_image_runs_the_server_and_its_health_check_tells(make: Make) -> None:
    project = make("gunicorn", "docker")
    text = (project.folder / "Dockerfile").read_text()
    [check, command] = (
        json.loads(found) for found in re.findall(r"^(?:HEALTHCHECK.*)?CMD (\[.*\])$", text, re.M)
    )
    port = free_port()
    with project.serve(*command, port=port, **production(port)):
        assert project.run(*check, PORT=str(port)).returncode == 0
    assert project.run(*check, PORT=str(port)).returncode != 0
