"""WebSockets of a served project: each open page is told of the others, and commands reach them all."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from projects import Project, free_port, new_project

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("servers-sockets")]

VISIT = """
import time
import socketio

def page(told):
    client = socketio.Client(reconnection=False)
    client.on("visitors", told.append)
    client.connect("http://127.0.0.1:{port}", transports=["websocket"])
    return client

def wait(condition):
    until = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < until, (first, second)
        time.sleep(0.05)

first, second = [], []
one = page(first)
wait(lambda: first == [1])
two = page(second)
wait(lambda: first == [1, 2] and second == [2])
two.disconnect()
wait(lambda: first == [1, 2, 1])
one.disconnect()
print("told")
"""
CLIENT = ("websocket-client", "requests")  # what python-socketio's client needs


@pytest.fixture(scope="module", params=["gunicorn", "gevent"])
def project(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Project]:
    folder: Path = tmp_path_factory.mktemp(request.param)
    made = new_project(folder, "--preset", "minimal", "--with", "socketio", "--with", request.param)
    made.install(*CLIENT)
    yield made


def test_open_pages_are_told_of_each_other_in_production(project: Project) -> None:
    port = free_port()
    with project.serve("gunicorn", "my_shop.app:app", port=port, PORT=str(port)):
        assert project.python(VISIT.format(port=port)) == "told\n"


def test_and_by_the_development_server(project: Project) -> None:
    port = free_port()
    with project.serve("python", "manage.py", "runserver", "-p", str(port), port=port):
        assert project.python(VISIT.format(port=port)) == "told\n"
