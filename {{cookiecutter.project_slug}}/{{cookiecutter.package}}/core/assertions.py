"""What tests assert of responses, templates and flashed messages."""

import unittest
from typing import Any
from urllib.parse import urljoin

from flask import Flask
from jinja2 import Template
from werkzeug.test import TestResponse

REDIRECTS = (301, 302, 303, 305, 307)


class ContextVariableDoesNotExist(Exception):  # noqa: N818
    """No template was rendered with such a variable."""


class Assertions(unittest.TestCase):
    """The assertions of Flask-Testing, each under both of its names."""

    app: Flask
    templates: list[tuple[Template, dict[str, Any]]]
    flashed_messages: list[tuple[str, str]]

    def assertStatus(  # noqa: N802
        self, response: TestResponse, status_code: int, message: str | None = None
    ) -> None:
        """Check a response's status code."""
        default = f"HTTP Status {status_code} expected but got {response.status_code}"
        self.assertEqual(response.status_code, status_code, message or default)

    def assert200(self, response: TestResponse, message: str | None = None) -> None:
        """Check that the status is 200, OK."""
        self.assertStatus(response, 200, message)

    def assert400(self, response: TestResponse, message: str | None = None) -> None:
        """Check that the status is 400, Bad Request."""
        self.assertStatus(response, 400, message)

    def assert401(self, response: TestResponse, message: str | None = None) -> None:
        """Check that the status is 401, Unauthorized."""
        self.assertStatus(response, 401, message)

    def assert403(self, response: TestResponse, message: str | None = None) -> None:
        """Check that the status is 403, Forbidden."""
        self.assertStatus(response, 403, message)

    def assert404(self, response: TestResponse, message: str | None = None) -> None:
        """Check that the status is 404, Not Found."""
        self.assertStatus(response, 404, message)

    def assert405(self, response: TestResponse, message: str | None = None) -> None:
        """Check that the status is 405, Method Not Allowed."""
        self.assertStatus(response, 405, message)

    def assert500(self, response: TestResponse, message: str | None = None) -> None:
        """Check that the status is 500, Internal Server Error."""
        self.assertStatus(response, 500, message)

    def assertRedirects(  # noqa: N802
        self, response: TestResponse, location: str, message: str | None = None
    ) -> None:
        """Check that a response leads to a location.

        :param location: a whole URL, or a path on the host that was asked.
        """
        expected = ", ".join(map(str, REDIRECTS))
        default = f"HTTP Status {expected} expected but got {response.status_code}"
        self.assertIn(response.status_code, (*REDIRECTS, 308), message or default)
        # Servers send paths today, and browsers complete them with the page's URL.
        leads_to = urljoin(response.request.url, response.location)
        host = response.request.host_url
        self.assertEqual(leads_to, urljoin(host, location), message)

    def assertTemplateUsed(  # noqa: N802
        self, name: str, tmpl_name_attribute: str = "name"
    ) -> None:
        """Check that the last request rendered a template.

        :param tmpl_name_attribute: where templates have their names, if it is not
            Jinja that renders them.
        """
        used = [getattr(found, tmpl_name_attribute) for found, _ in self.templates]
        if name not in used:
            listed = ", ".join(map(str, used)) or "none"
            self.fail(f"Template {name} not used. Templates were used: {listed}")

    def get_context_variable(self, name: str) -> Any:
        """Return a variable that a template was rendered with by the last request.

        :raises ContextVariableDoesNotExist: when there is none of that name.
        """
        for _, context in reversed(self.templates):
            if name in context:
                return context[name]
        raise ContextVariableDoesNotExist(name)

    def assertContext(  # noqa: N802
        self, name: str, value: object, message: str | None = None
    ) -> None:
        """Check a variable that a template was rendered with by the last request."""
        try:
            found = self.get_context_variable(name)
        except ContextVariableDoesNotExist:
            self.fail(message or f"Context variable does not exist: {name}")
        self.assertEqual(found, value, message)

    def assertMessageFlashed(  # noqa: N802
        self, message: str, category: str = "message"
    ) -> None:
        """Check that a message was flashed since the test began."""
        if (message, category) not in self.flashed_messages:
            self.fail(f"Message {message!r} in category {category!r} wasn't flashed")

    assert_status = assertStatus
    assert_200 = assert200
    assert_400 = assert400
    assert_401 = assert401
    assert_403 = assert403
    assert_404 = assert404
    assert_405 = assert405
    assert_500 = assert500
    assert_redirects = assertRedirects
    assert_template_used = assertTemplateUsed
    assert_context = assertContext
    assert_message_flashed = assertMessageFlashed
