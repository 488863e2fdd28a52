"""``TestCase``: tests with an application, as Flask-Testing had them."""

import sys
import unittest
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class Client(FlaskClient):
    """A test client whose requests share no ``g`` with the test or with each other."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Make a request in an application context of its own."""
        if self.preserve_context:
            return super().open(*args, **kwargs)
        with self.application.app_context():
            return super().open(*args, **kwargs)


class TestCase(unittest.TestCase):
    """Makes an application for each test: implement ``create_app``.

    ``self.app`` and ``self.client`` are there from ``setUp`` to the end of
    ``tearDown``, and the context of a request to ``/`` is pushed, so that ``url_for``
    and the like just work.
    """

    app: Flask
    client: FlaskClient

    def create_app(self) -> Flask:
        """Return the application to test."""
        raise NotImplementedError(f"{type(self).__name__} has to implement create_app")

    def run(
        self, result: unittest.TestResult | None = None
    ) -> unittest.TestResult | None:
        """Run the test with its application; failing to make one is its error."""
        try:
            self.app = self.create_app()
        except Exception:
            if result is None:
                raise
            result.startTest(self)
            result.addError(self, sys.exc_info())
            result.stopTest(self)
            return result
        self.app.test_client_class = self.app.test_client_class or Client
        self.client = self.app.test_client()
        with self.app.test_request_context():
            return super().run(result)
