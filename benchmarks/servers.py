"""Servers, each on a free port of the loopback address and in a process group of its own, which ends with the measurement."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO, NamedTuple

POLL = 0.01  # seconds between two requests
PATIENCE = 120.0  # seconds until a server counts as dead


class Server(NamedTuple):
    """A server that applications are measured on.

    Attributes:
        name: What it is called.
        command: How it is started, with ``{module}`` and ``{port}``.
        about: Its processes and threads, as a sentence.
    """

    name: str
    command: str
    about: str


OWN = Server(
    "its own server",
    "python -m {module} {port}",
    "One process each: Werkzeug's development server (a thread for each connection) for Flask and for what "
    "`scaffold new` makes, by `manage.py runserver`; wsgiref (one thread) for Bottle; `runserver --noreload` (a thread for each "
    "connection) for Django; waitress (four threads) for Pyramid; HTTPServer (one thread) for Tornado.",
)
# Processes and threads are those of a generated project's own settings for each server.
GUNICORN = Server(
    "gunicorn",
    "gunicorn --workers 2 --worker-class gthread --threads 4 --no-control-socket "
    "--bind 127.0.0.1:{port} {module}:app",
    "Two processes with four threads each. `with its log` has the project's own `gunicorn.conf.py`, which writes a line for each "
    "request; the others write none.",
)
WSGI_SERVERS = (
    GUNICORN,
    # Without the header, a client that keeps connections open takes each answer's end for an error.
    Server(
        "uWSGI",
        "uwsgi --master --processes 2 --lazy-apps --single-interpreter --need-app --disable-logging "
        "--add-header Connection:close --http-socket 127.0.0.1:{port} --module {module}:app",
        "Two processes with one thread each; every connection is closed after its answer.",
    ),
    Server(
        "granian",
        "granian --interface wsgi --workers 2 --blocking-threads 4 --http 1 --no-ws --no-access-log "
        "--host 127.0.0.1 --port {port} {module}:app",
        "Two processes with four threads each for Python; HTTP is spoken in Rust.",
    ),
)
SERVERS = (OWN, *WSGI_SERVERS)


@contextmanager
def running(
    command: Sequence[str], folder: Path, environ: Mapping[str, str], output: int | IO[str]
) -> Iterator[subprocess.Popen[str]]:
    """Run a command in a process group of its own, and end the whole group afterwards.

    Args:
        command: The command.
        folder: Where it runs.
        environ: All its environment variables.
        output: Where its standard output goes; errors are lost.
    """
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environ,
        stdout=output,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):  # it has ended by itself
                os.killpg(process.pid, signal.SIGKILL)


def until_answered(process: subprocess.Popen[str], port: int) -> None:
    """Ask for ``/`` until it answers 200.

    Raises:
        SystemExit: The process ended, or there was no answer for too long.
    """
    late = time.monotonic() + PATIENCE
    while not _answers(port):
        if (status := process.poll()) is not None:
            raise SystemExit(f"The server ended with status {status}: {process.args!r}")
        if time.monotonic() > late:
            raise SystemExit(f"The server does not answer: {process.args!r}")
        time.sleep(POLL)


def _answers(port: int) -> bool:
    try:
        return fetched(port, "/")[0] == 200
    except (OSError, HTTPException):
        return False


def fetched(port: int, url: str, headers: Mapping[str, str] | None = None) -> tuple[int, bytes]:
    """Return the status and the body that a server gives."""
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", url, headers=dict(headers or {}))
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()


def free_port() -> int:
    """Return a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
