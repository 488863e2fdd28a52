"""Passwords can't be tried out by asking for tokens."""

from ..app import create_app
from .base import TEST_SETTINGS, AppTestCase


class TokenLimitsTest(AppTestCase):
    def test_the_eleventh_password_in_a_minute_is_not_looked_at(self) -> None:
        client = create_app(TEST_SETTINGS, RATELIMIT_ENABLED=True).test_client()
        statuses = [client.post("/token", json={}).status_code for _ in range(11)]
        self.assertNotIn(429, statuses[:10])
        self.assertEqual(429, statuses[10])
