"""Tasks that wait in a Redis server."""

from ..task_queue import with_timeout
from .servers import ReadinessTestCase


class QueueReadinessTest(ReadinessTestCase):
    def test_a_server_that_does_not_answer_is_noticed(self) -> None:
        self.assert_noticed("tasks", HUEY_URL="redis://127.0.0.1:{port}/0")

    def test_an_address_says_how_long_to_wait(self) -> None:
        for url, said in {
            "redis://redis.example": "redis://redis.example?socket_timeout=5",
            "redis://redis.example?db=1": "redis://redis.example?db=1&socket_timeout=5",
            "redis://host?socket_timeout=9": "redis://host?socket_timeout=9",
        }.items():
            self.assertEqual(said, with_timeout(url))
