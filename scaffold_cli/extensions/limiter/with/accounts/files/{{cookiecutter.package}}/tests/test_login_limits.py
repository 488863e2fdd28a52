"""Passwords can't be tried out one after the other."""

from ..app import create_app
from .base import TEST_SETTINGS, AppTestCase
from .csrf import submit


class LoginLimitsTest(AppTestCase):
    def test_the_eleventh_password_in_a_minute_is_not_looked_at(self) -> None:
        client = create_app(TEST_SETTINGS, RATELIMIT_ENABLED=True).test_client()
        tried = {"email": "ada@example.com", "password": ""}  # no table is asked for it
        statuses = [submit(client, "/login", **tried).status_code for _ in range(11)]
        self.assertEqual([200] * 10 + [429], statuses)
        self.assertEqual(200, client.get("/login").status_code)
