"""uWSGI serves the application."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import TestCase, skipIf
from urllib.request import urlopen

from ..settings import ROOT

LIMIT = 60  # seconds
INI = ROOT / f"{Path(__file__).parent.parent.name}.ini"


@skipIf(sys.platform == "win32", "there is no uWSGI for Windows")
class UwsgiTest(TestCase):
    def test_serves_and_logs_a_line_for_each_request(self) -> None:
        with TemporaryDirectory() as folder:
            log = Path(folder, "log")
            port = free_port()
            with log.open("wb") as output:
                process = subprocess.Popen(
                    [Path(sys.executable).with_name("uwsgi"), "--ini", INI],
                    cwd=ROOT,
                    env={
                        **os.environ,
                        "PORT": str(port),
                        "WEB_CONCURRENCY": "1",
                        "FLASK_DEBUG": "0",
                        "SECRET_KEY": "testing" * 5,
                    },
                    stdout=output,
                    stderr=output,
                )
            try:
                self.assertEqual(answer(port), b'{"status":"ok"}\n')
                wait_until(lambda: "GET /healthz" in log.read_text())
            finally:
                process.terminate()
                process.wait(LIMIT)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answer(port: int) -> bytes:
    """Return the answer to a health check, as soon as there is one."""
    wait_until(lambda: is_listening(port))
    with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=LIMIT) as response:
        return bytes(response.read())


def is_listening(port: int) -> bool:
    """Tell whether somebody takes connections on a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(condition: Callable[[], bool]) -> None:
    """Poll until a condition holds."""
    end = time.monotonic() + LIMIT
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.1)
