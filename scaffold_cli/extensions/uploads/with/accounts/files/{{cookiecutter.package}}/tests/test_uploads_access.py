"""Only people with an account may upload."""

from .base import AppTestCase


class AccessTest(AppTestCase):
    def test_strangers_are_sent_to_log_in(self) -> None:
        response = self.client.get("/uploads")
        self.assertEqual(302, response.status_code)
        self.assertIn("/login?next=", response.location)
