"""robots.txt, as a crawler asks for it."""

from .base import AppTestCase


class TestRobots(AppTestCase):
    """The extension robots."""

    def test_crawlers_find_it_at_the_root(self) -> None:
        with self.client.get("/robots.txt") as response:
            self.assertEqual(response.status_code, 200)
            self.assertTrue(response.data.startswith(b"User-agent: *\n"))
            self.assertEqual(response.cache_control.max_age, 86400)
