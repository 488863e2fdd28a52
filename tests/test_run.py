"""``scaffold new --run``: from nothing to an answered request, in one command."""

import re
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from projects import Browser, clean_environment, is_listening, started, wait_until

pytestmark = pytest.mark.real

ADDRESS = re.compile(r"^Running on (http://127\.0\.0\.1:(\d+))/", re.MULTILINE)
COMMAND = (sys.executable, "-m", "scaffold_cli", "new", "My Shop", "-y", "--run")


@pytest.fixture
def taken_port() -> Iterator[int]:
    """The port that the server would like to have, already somebody else's."""
    with closing(socket.socket()) as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        wait_until(lambda: takes(other, 4321), "port 4321, which other tests use too")
        yield 4321


def takes(other: socket.socket, port: int) -> bool:
    """Listen at a port, unless somebody does."""
    try:
        other.bind(("127.0.0.1", port))
        other.listen()
    except OSError:
        return False
    return True


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "a kill"])
def test_one_command_leads_to_a_page_and_ends_with_its_server(
    tmp_path: Path, taken_port: int, stop: signal.Signals
) -> None:
    log = tmp_path / "log"
    with started(*COMMAND, cwd=tmp_path, log=log, environment=clean_environment()) as process:
        wait_until(lambda: process.poll() is not None or ADDRESS.search(log.read_text()), "address")
        found = ADDRESS.search(log.read_text())
        assert found, log.read_text()
        address, port = found[1], int(found[2])
        assert port != taken_port
        wait_until(lambda: is_listening(port), "server")

        page = Browser(address).get("/")
        assert page.status == 200
        assert "My Shop is running." in page.text
        assert Browser(address).get("/pages/").status == 200  # the tables are there

        process.send_signal(stop)
        process.wait(30)
        wait_until(lambda: not is_listening(port), "the server's end")
    assert "Traceback" not in log.read_text()
