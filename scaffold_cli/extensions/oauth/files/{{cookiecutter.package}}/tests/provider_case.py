"""Tests with a provider of OpenID Connect."""

from threading import Thread
from urllib.parse import urlsplit

import requests

from ..app import create_app
from ..core import App
from ..oauth.sessions import next_url
from .base import TEST_SETTINGS, AppTestCase
from .provider import Provider


class ProviderTestCase(AppTestCase):
    """An application that is registered with a provider, which runs on this machine."""

    def create_app(self) -> App:
        """Start the provider first."""
        self.provider = self.enterContext(Provider())
        Thread(target=self.provider.serve_forever, args=[0.01], daemon=True).start()
        self.addCleanup(self.provider.shutdown)
        return create_app(TEST_SETTINGS, **self.provider.settings())

    def setUp(self) -> None:
        """Find out where one is led after log-in."""
        super().setUp()
        self.account = next_url()

    def come_back(self, path: str = "/oauth/login") -> str:
        """Go to the provider, and return where it sends one back to."""
        there = self.client.get(path).location
        answer = requests.get(there, allow_redirects=False, timeout=10)
        back = urlsplit(answer.headers["Location"])
        return f"{back.path}?{back.query}"

    def log_in(self, path: str = "/oauth/login") -> str:
        """Log in with the provider, and return where that leads."""
        return str(self.client.get(self.come_back(path)).location)

    def is_logged_in(self) -> bool:
        """Look whether the account page is shown."""
        return self.client.get(self.account).status_code == 200
