"""Visits in tests: links are followed and forms filled in, as people do."""

import warnings

with warnings.catch_warnings():
    # WebOb still asks for the standard library's cgi, which Python 3.13 has no more.
    warnings.simplefilter("ignore", DeprecationWarning)
    from webtest import TestApp

from .base import AppTestCase

HOST = "localhost"


class BrowserTestCase(AppTestCase):
    """A test that visits the application."""

    def browse(self) -> TestApp:
        """Return a visitor who comes by https and has no cookies yet."""
        return TestApp(
            self.app, extra_environ={"wsgi.url_scheme": "https", "HTTP_HOST": HOST}
        )
