"""A RabbitMQ server of our own for the tests: its own node and folder, on free ports of this machine."""

import os
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from projects import clean_environment, free_port, started, wait_until

# Beside the real programs, Debian has scripts of the same names that run the machine's own node.
FOLDER = "/usr/lib/rabbitmq/bin"


class RabbitServer:
    """A server that can be stopped and started again; what is durable lasts in its folder."""

    def __init__(self, program: str, folder: Path, names: int) -> None:
        self._program, self._folder = program, folder
        self._port = free_port()
        self._environment = clean_environment(
            HOME=str(folder),  # where Erlang keeps the cookie
            ERL_EPMD_PORT=str(names),
            RABBITMQ_NODENAME=f"scaffold{self._port}@localhost",
            RABBITMQ_NODE_IP_ADDRESS="127.0.0.1",
            RABBITMQ_NODE_PORT=str(self._port),
            RABBITMQ_DIST_PORT=str(free_port()),
            RABBITMQ_CONFIG_FILE=str(folder / "none"),
            RABBITMQ_ENABLED_PLUGINS_FILE=str(folder / "plugins"),
            RABBITMQ_MNESIA_BASE=str(folder / "data"),
            RABBITMQ_LOG_BASE=str(folder),
            RABBITMQ_PID_FILE=str(folder / "pid"),
            RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+sbwt none",  # idle, it leaves the processor alone
        )

    def url(self) -> str:
        """Return its address."""
        return f"amqp://guest:guest@127.0.0.1:{self._port}//"

    def is_up(self) -> bool:
        """Tell whether it greets in its protocol: something that it refuses is answered with its own version."""
        try:
            with socket.create_connection(("127.0.0.1", self._port), timeout=5) as connection:
                connection.sendall(b"AMQP\x00\x00\x00\x00")
                return connection.recv(4) == b"AMQP"
        except OSError:
            return False

    @contextmanager
    def running(self) -> Iterator[None]:
        """Start it; at the end it is told to stop."""
        log = self._folder / "rabbitmq.log"
        environment = self._environment
        with started(self._program, cwd=self._folder, log=log, environment=environment):
            wait_until(self.is_up, f"RabbitMQ, see {log}")
            yield


@contextmanager
def rabbitmq_server(folder: Path) -> Iterator[RabbitServer]:
    """Make a server, not yet running; skip the test where there is none."""
    program = shutil.which("rabbitmq-server", path=os.pathsep.join([FOLDER, os.environ["PATH"]]))
    epmd = shutil.which("epmd")
    if program is None or epmd is None:
        pytest.skip("needs rabbitmq-server")
    port = free_port()
    # Erlang's register of names: a node would start one that stays when the node is gone.
    command = (epmd, "-port", str(port), "-address", "127.0.0.1")
    log = folder / "epmd.log"
    with started(*command, cwd=folder, log=log, environment=clean_environment()):
        yield RabbitServer(program, folder, port)
