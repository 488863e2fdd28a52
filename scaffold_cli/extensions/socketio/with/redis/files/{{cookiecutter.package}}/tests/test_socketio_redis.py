"""Pages are counted in Redis, those of servers that have died for a while only."""

from unittest.mock import patch

from ..extensions import redis
from ..visitors import events
from .base import AppTestCase
from .test_socketio import open_page, told


class CountedInRedisTest(AppTestCase):
    def test_pages_of_all_servers_are_counted(self) -> None:
        with patch.object(events, "time", return_value=1000):
            redis.zadd("visitors", {"elsewhere": 1000 - events.SILENCE + 1})
            self.assertEqual([("visitors", 2)], told(open_page(self.app)))

    def test_a_page_of_a_server_that_has_died_is_forgotten(self) -> None:
        redis.zadd("visitors", {"left behind": 1000})
        with patch.object(events, "time", return_value=1000 + events.SILENCE):
            self.assertEqual([("visitors", 1)], told(open_page(self.app)))

    def test_a_page_that_stays_open_is_not(self) -> None:
        with patch.object(events, "time", return_value=1000) as time:
            first = open_page(self.app)
            time.return_value += events.SILENCE - 1
            first.emit("here")
            time.return_value += events.SILENCE - 1
            self.assertEqual([("visitors", 2)], told(open_page(self.app)))

    def test_nothing_of_a_page_that_was_left_is_kept(self) -> None:
        open_page(self.app).disconnect()
        self.assertFalse(redis.exists("visitors"))
