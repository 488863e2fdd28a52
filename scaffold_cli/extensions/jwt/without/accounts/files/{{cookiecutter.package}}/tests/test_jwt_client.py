"""The one program that may have tokens."""

import re

from ..manage import manager
from .base import AppTestCase


class ClientTest(AppTestCase):
    def ask(self, secret: str) -> int:
        """Ask for a token, and return the answer's status."""
        given = {"client_id": "client", "client_secret": secret}
        return self.client.post("/token", json=given).status_code

    def test_the_command_makes_its_secret(self) -> None:
        output = self.runner.invoke(manager, ["new-api-secret"]).output
        found = re.search(r": (\S+)\nAPI_CLIENT_SECRET_HASH=(\S+)\n", output)
        assert found
        self.app.config["API_CLIENT_ID"] = "client"
        self.app.config["API_CLIENT_SECRET_HASH"] = found[2]
        self.assertEqual(200, self.ask(found[1]))

    def test_without_a_secret_there_are_no_tokens(self) -> None:
        self.app.config["API_CLIENT_SECRET_HASH"] = ""
        for secret in ("", "anything"):
            self.assertEqual(401, self.ask(secret))
