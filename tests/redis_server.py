"""A Redis server of our own for the tests, on a free port of this machine."""

import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from projects import clean_environment, free_port, started, wait_until


class RedisServer:
    """A server that is asked in Redis's own protocol, so that nothing has to be installed for it."""

    def __init__(self, port: int) -> None:
        self.port = port

    def url(self, database: int = 0) -> str:
        """Return the address of one of its databases."""
        return f"redis://127.0.0.1:{self.port}/{database}"

    def ask(self, *words: str, database: int = 0) -> bytes:
        """Send a command, and return the answer as it comes."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=5) as connection:
            file = connection.makefile("rb")
            for command in (("SELECT", str(database)), words):
                connection.sendall(_encoded(command))
                answer = _read(file)
        return answer

    def all_keys(self, database: int = 0) -> set[str]:
        """Return the keys of a database."""
        return set(self.ask("KEYS", "*", database=database).decode().split())

    def is_up(self) -> bool:
        """Tell whether it answers."""
        try:
            return self.ask("PING") == b"PONG"
        except OSError:
            return False


@contextmanager
def redis_server(folder: Path) -> Iterator[RedisServer]:
    """Start a server that keeps nothing on disk; skip the test where there is none."""
    with _running(RedisServer(free_port()), folder, "--save", "", "--appendonly", "no") as server:
        yield server


class LastingRedisServer(RedisServer):
    """A server that can be stopped and started again: it keeps all on disk, as the one of ``compose.yaml`` does."""

    def __init__(self, folder: Path) -> None:
        super().__init__(free_port())
        self._folder = folder

    @contextmanager
    def running(self) -> Iterator[None]:
        """Start it; at the end it is told to stop."""
        with _running(self, self._folder, "--appendonly", "yes"):
            yield


@contextmanager
def _running(server: RedisServer, folder: Path, *options: str) -> Iterator[RedisServer]:
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("needs redis-server")
    command = (program, "--port", str(server.port), "--bind", "127.0.0.1", *options)
    log = folder / f"redis-{server.port}.log"
    with started(*command, cwd=folder, log=log, environment=clean_environment()):
        wait_until(server.is_up, "Redis")
        yield server


def _encoded(words: tuple[str, ...]) -> bytes:
    parts = [f"*{len(words)}\r\n", *(f"${len(word.encode())}\r\n{word}\r\n" for word in words)]
    return "".join(parts).encode()


def _read(file: object) -> bytes:
    """Read one answer; the items of a list are put into lines."""
    line = file.readline().rstrip()  # type: ignore[attr-defined]
    kind, rest = line[:1], line[1:]
    if kind == b"$":
        length = int(rest)
        return b"" if length < 0 else file.read(length + 2)[:-2]  # type: ignore[attr-defined]
    if kind == b"*":
        return b"\n".join(_read(file) for _ in range(int(rest)))
    return bytes(rest)
