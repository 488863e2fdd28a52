"""The servers, each as its project starts it, and nginx in front of two of them."""

import re
import shlex
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import projects
import pytest
from projects import Project, free_port, wait_until

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


def web(project: Project) -> list[str]:
    """Return the words of the process ``web``."""
    [line] = re.findall("^web: (.*)$", (project.folder / "Procfile").read_text(), re.MULTILINE)
    return shlex.split(line)


def production(port: int, **changes: str) -> dict[str, str]:
    """Return what a platform sets."""
    return {"PORT": str(port), "FLASK_DEBUG": "0", **changes}


@on(*SERVERS)
def test_a_server_answers_and_logs_a_line_for_each_request(project: Project) -> None:
    port = free_port()
    with project.serve(*web(project), port=port, **production(port)) as server:
        assert server.get("/healthz").text.strip() == '{"status":"ok"}'
        assert "Welcome to My Shop" in server.get("/").text
        assert server.get("/missing").status == 404
        server.wait_for("/missing")
        assert server.output().count("/missing") == 1
        assert server.stop() == 0
        assert server.is_gone()
        assert "Traceback" not in server.output()


@on(*SERVERS)
def test_slow_requests_do_not_wait_for_each_other(project: Project) -> None:
    port = free_port()
    with project.serve(*web(project), port=port, **production(port)) as server:
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
    command = web(project) if way == "alone" else ["honcho", "start"]
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
    with project.serve(*web(project), port=port, **surroundings) as server:
        assert server.get("/who", **FORWARDED).text == seen
