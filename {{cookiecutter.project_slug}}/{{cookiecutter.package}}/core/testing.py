"""``TestCase`` and ``LiveServerTestCase``: tests with an application."""

import gc
import socket
import sys
import unittest
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Thread
from typing import Any, Self
from unittest.mock import patch
from urllib.parse import urlsplit

from flask import Flask, message_flashed, request_started, template_rendered
from flask.testing import FlaskClient
from jinja2 import Template
from werkzeug.serving import BaseWSGIServer, make_server
from werkzeug.test import TestResponse

from .assertions import Assertions, ContextVariableDoesNotExist

__all__ = ["Client", "ContextVariableDoesNotExist", "LiveServerTestCase", "TestCase"]


class Client(FlaskClient):
    """A test client whose requests share no ``g`` with the test or with each other."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Make a request in an application context of its own."""
        if self.preserve_context:
            return super().open(*args, **kwargs)
        with self.application.app_context():
            return super().open(*args, **kwargs)


class AppCase(unittest.TestCase):
    """Makes an application for each test, and pushes a context of a request to ``/``."""

    app: Flask

    def create_app(self) -> Flask:
        """Return the application to test."""
        raise NotImplementedError(f"{type(self).__name__} has to implement create_app")

    def run(
        self, result: unittest.TestResult | None = None
    ) -> unittest.TestResult | None:
        """Run the test with its application; failing to make one is its error."""
        try:
            if self._is_ready(result):
                super().run(result)
        finally:
            self._post_teardown()
        return result

    def debug(self) -> None:
        """Run the test without catching what goes wrong in it."""
        try:
            self._pre_setup()
            super().debug()
        finally:
            self._post_teardown()

    @classmethod
    @contextmanager
    def prepared(cls) -> Iterator[Self]:
        """Have a test case set up for a while: for the fixtures of pytest."""
        case = cls()
        try:
            case._pre_setup()
            case.setUp()
            yield case
            case.tearDown()
        finally:
            case.doCleanups()
            case._post_teardown()

    def _is_ready(self, result: unittest.TestResult | None) -> bool:
        """Set the test up, and tell the result when that fails."""
        try:
            self._pre_setup()
        except Exception as error:
            if result is None:
                raise
            result.startTest(self)
            if isinstance(error, unittest.SkipTest):
                result.addSkip(self, str(error))
            else:
                result.addError(self, sys.exc_info())
            result.stopTest(self)
            return False
        return True

    def _pre_setup(self) -> None:
        self._entered = ExitStack()
        self.app = self.create_app()
        self._ctx = self._entered.enter_context(self.app.test_request_context())

    def _post_teardown(self) -> None:
        if "_entered" in vars(self):
            self._entered.close()


class TestCase(Assertions, AppCase):
    """Makes an application for each test: implement ``create_app``.

    ``self.app`` and ``self.client`` are there from ``setUp`` to the end of
    ``tearDown``, and the context of a request to ``/`` is pushed, so that ``url_for``
    and the like just work.
    """

    client: FlaskClient

    #: Whether templates are rendered; without, pages are empty, and signals are sent.
    render_templates = True
    #: Whether garbage is collected after each test.
    run_gc_after_test = False

    def _pre_setup(self) -> None:
        super()._pre_setup()
        self.app.test_client_class = self.app.test_client_class or Client
        self.client = self.app.test_client()
        self.templates = []
        self.flashed_messages = []
        enter = self._entered.enter_context
        enter(request_started.connected_to(self._forget_templates))
        enter(template_rendered.connected_to(self._add_template))
        enter(message_flashed.connected_to(self._add_flash_message))
        if not self.render_templates:
            enter(patch.object(Template, "render", return_value=""))
            enter(patch.object(Template, "generate", return_value=()))

    def _post_teardown(self) -> None:
        super()._post_teardown()
        for name in ("_ctx", "app", "client", "templates", "flashed_messages"):
            vars(self).pop(name, None)
        if self.run_gc_after_test:
            gc.collect()

    def _forget_templates(self, app: Flask, **values: Any) -> None:
        self.templates.clear()

    def _add_template(
        self, app: Flask, template: Template, context: dict[str, Any], **values: Any
    ) -> None:
        self.templates.append((template, context))

    def _add_flash_message(
        self, app: Flask, message: str, category: str, **values: Any
    ) -> None:
        self.flashed_messages.append((message, category))


class LiveServerTestCase(AppCase):
    """Serves the application over HTTP during each test, for browsers and the like.

    The setting ``LIVESERVER_PORT`` is the port, 5000 without it, and 0 for a free one;
    ``LIVESERVER_TIMEOUT`` is how many seconds the server may take to answer, and to
    stop. It runs in a thread, so that test and application share what is in memory.
    """

    def get_server_url(self) -> str:
        """Return the server's address, without a slash at its end."""
        return f"http://localhost:{self._server.port}"

    def _pre_setup(self) -> None:
        super()._pre_setup()
        self._server = self._made_server()
        self._process = Thread(target=self._server.serve_forever, daemon=True)
        self._process.start()
        self._entered.callback(self._terminate_live_server)
        self._wait_until_it_listens()

    def _made_server(self) -> BaseWSGIServer:
        port = self.app.config.get("LIVESERVER_PORT", 5000)
        try:
            return make_server("127.0.0.1", port, self.app, threaded=True)
        except SystemExit as error:  # what Werkzeug does when a port is taken
            raise RuntimeError(f"Failed to start the server: port {port}.") from error

    def _wait_until_it_listens(self) -> None:
        """Connect to the address, which a test case may have made another."""
        url = urlsplit(self.get_server_url())
        port = url.port or (443 if url.scheme == "https" else 80)
        try:
            socket.create_connection((url.hostname, port), self._timeout()).close()
        except OSError as error:
            raise RuntimeError(
                f"Failed to start the server after {self._timeout()} seconds."
            ) from error

    def _terminate_live_server(self) -> None:
        self._server.shutdown()
        self._process.join(self._timeout())
        self._server.server_close()

    def _timeout(self) -> float:
        return float(self.app.config.get("LIVESERVER_TIMEOUT", 5))
