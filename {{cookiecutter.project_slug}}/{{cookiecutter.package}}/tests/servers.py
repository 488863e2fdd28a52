"""Servers that do not answer, and what ``/readyz`` says of them."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from ..app import create_app
from ..core import App, readiness
from .base import TEST_SETTINGS, AppTestCase


@contextmanager
def dead_server() -> Iterator[int]:
    """Hold a port on which nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


@contextmanager
def silent_server() -> Iterator[int]:
    """Hold a port that takes connections, and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


class ReadinessTestCase(AppTestCase):
    """Asks applications whose server is dead, or silent, whether they are ready."""

    def assert_noticed(
        self, name: str, *, essential: bool = True, **settings: Any
    ) -> list[App]:
        """Check that what does not answer is named.

        :param name: what it is called.
        :param essential: whether the application cannot do without it.
        :param settings: where the server is, ``{port}`` standing for its port.
        :returns: the applications, should one have something to close.
        """
        apps = []
        self.enterContext(patch.object(readiness, "PATIENCE", 0.5))
        for server in (dead_server, silent_server):
            with self.subTest(server.__name__), server() as port:
                there = {
                    key: url.format(port=port) if isinstance(url, str) else url
                    for key, url in settings.items()
                }
                app = create_app(TEST_SETTINGS, **there)
                with self.assertLogs(app.logger, "WARNING"):
                    answer = app.test_client().get("/readyz")
                expected = {"status": "ready", "without": [name]}
                if essential:
                    expected = {"status": "not ready", "failed": [name]}
                self.assertEqual(503 if essential else 200, answer.status_code)
                self.assertEqual(expected, answer.json)
                apps.append(app)
        return apps
