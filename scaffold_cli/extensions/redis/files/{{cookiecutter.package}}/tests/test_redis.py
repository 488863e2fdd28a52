"""The counter counts in Redis, and two applications don't share what they keep."""

from flask import Flask

from ..app import create_app
from ..extensions import redis
from ..flask_redis import Redis, connect, server_url
from .base import TEST_SETTINGS, AppTestCase
from .servers import ReadinessTestCase


class RedisTest(AppTestCase):
    def test_counter_counts_its_views(self) -> None:
        for number in (1, 2, 3):
            response = self.client.get("/counter")
            self.assertIn(
                f"This page viewed {number} time(s)", response.get_data(as_text=True)
            )

    def test_two_applications_have_a_redis_each(self) -> None:
        other = create_app(**TEST_SETTINGS)
        with self.app.app_context():
            redis.set("name", "first")
        with other.app_context():
            self.assertIsNone(redis.get("name"))
            redis.set("name", "second")
        with self.app.app_context():
            self.assertEqual(b"first", redis.get("name"))

    def test_bound_to_one_application_it_is_always_its_client(self) -> None:
        app = Flask("single")
        app.config["REDIS_URL"] = "fake://"
        single = Redis(app)
        self.assertEqual(1, single.incr("counter_key"))
        self.assertIsNone(redis.get("counter_key"))

    def test_a_server_is_reached_by_its_url(self) -> None:
        client = connect("redis://:secret@redis.example:6380/2")
        settings = client.connection_pool.connection_kwargs
        self.assertEqual(
            ("redis.example", 6380, 2, "secret"),
            tuple(settings[key] for key in ("host", "port", "db", "password")),
        )

    def test_a_self_signed_certificate_can_be_let_pass(self) -> None:
        client = connect("rediss://redis.example", ssl_cert_reqs="none")
        settings = client.connection_pool.connection_kwargs
        self.assertEqual("none", settings["ssl_cert_reqs"])

    def test_an_address_says_how_its_certificate_is_checked(self) -> None:
        for url, said in {
            "fake://": "",
            "redis://redis.example": "redis://redis.example",
            "rediss://redis.example/1": "rediss://redis.example/1?ssl_cert_reqs=none",
            "rediss://redis.example?db=1": (
                "rediss://redis.example?db=1&ssl_cert_reqs=none"
            ),
            "rediss://redis.example?ssl_cert_reqs=required": (
                "rediss://redis.example?ssl_cert_reqs=required"
            ),
        }.items():
            self.assertEqual(said, server_url(url, "none"))


class RedisReadinessTest(ReadinessTestCase):
    def test_a_server_that_does_not_answer_is_noticed(self) -> None:
        self.assert_noticed("redis", REDIS_URL="redis://127.0.0.1:{port}/0")
