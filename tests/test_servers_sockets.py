"""WebSockets of a served project: each open page is told of the others, and commands reach them all."""

from contextlib import ExitStack
from pathlib import Path

import pytest
from projects import Project, free_port, new_project
from redis_server import redis_server

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("servers-sockets")]

VISIT = """
import time
import socketio

def page(told, port):
    client = socketio.Client(reconnection=False)
    client.on("visitors", told.append)
    client.on("notice", told.append)
    client.connect(f"http://127.0.0.1:{port}", transports=["websocket"])
    return client

def wait(condition):
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until, (first, second)
        time.sleep(0.05)

first, second = [], []
one = page(first, PORTS[0])
wait(lambda: first == [1])
two = page(second, PORTS[1])
wait(lambda: first == [1, 2] and second == [2])
"""
LEAVE = """
two.disconnect()
wait(lambda: first == [1, 2, 1])
one.disconnect()
print("told")
"""
NOTICE = """
import subprocess
subprocess.run(["python", "manage.py", "tell-visitors", "Tea is back."], check=True)
wait(lambda: first[2:] == second[1:] == ["Tea is back."])
one.disconnect()
wait(lambda: second[2:] == [1])
two.disconnect()
print("told")
"""
CLIENT = ("websocket-client", "requests")  # what python-socketio's client needs


@pytest.fixture(scope="module", params=["gunicorn", "gevent"])
def server(request: pytest.FixtureRequest) -> str:
    """Each server that gives an application its sockets."""
    return str(request.param)


@pytest.fixture(scope="module")
def project(server: str, tmp_path_factory: pytest.TempPathFactory) -> Project:
    return made_with(tmp_path_factory.mktemp(server), server)


def made_with(folder: Path, *chosen: str) -> Project:
    """Make a project with live pages, and put the client into its environment, too."""
    flags = [word for name in ("socketio", *chosen) for word in ("--with", name)]
    made = new_project(folder, "--preset", "minimal", *flags)
    made.install(*CLIENT)
    return made


def visit(project: Project, then: str, *ports: int, **environment: str) -> str:
    """Open a page at each of two ports, and go on from there; return what is printed."""
    return project.python(f"PORTS = {ports}\n{VISIT}{then}", **environment)


def test_open_pages_are_told_of_each_other_in_production(project: Project) -> None:
    port = free_port()
    with project.serve("gunicorn", "my_shop.app:app", port=port, PORT=str(port)):
        assert visit(project, LEAVE, port, port) == "told\n"


def test_and_by_the_development_server(project: Project) -> None:
    port = free_port()
    with project.serve("python", "manage.py", "runserver", "-p", str(port), port=port):
        assert visit(project, LEAVE, port, port) == "told\n"


def test_pages_of_two_servers_are_told_of_each_other_through_redis(
    server: str, tmp_path: Path
) -> None:
    project = made_with(tmp_path / "made", server, "redis")
    ports = (free_port(), free_port())
    with redis_server(tmp_path) as redis, ExitStack() as servers:
        for port in ports:
            surroundings = {"PORT": str(port), "REDIS_URL": redis.url()}
            command = ("gunicorn", "my_shop.app:app")
            servers.enter_context(project.serve(*command, port=port, **surroundings))
        assert visit(project, NOTICE, *ports, REDIS_URL=redis.url()) == "told\n"
