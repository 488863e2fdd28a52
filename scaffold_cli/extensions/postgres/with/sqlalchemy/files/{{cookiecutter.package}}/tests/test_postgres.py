"""PostgreSQL is spoken to by psycopg."""

from typing import Any

from ..app import create_app
from ..database import database_url
from ..database_pool import engine_options
from ..extensions import db
from .base import TEST_SETTINGS, AppTestCase
from .servers import ReadinessTestCase


class PostgresTest(AppTestCase):
    def test_an_address_leads_to_the_driver(self) -> None:
        url = database_url("postgresql://user:pass@localhost/db?connect_timeout=5")
        app = create_app(**{**TEST_SETTINGS, "SQLALCHEMY_DATABASE_URI": url})
        with app.app_context():
            self.assertEqual("psycopg", db.engine.driver)
            self.assertEqual("5", db.engine.url.query["connect_timeout"])

    def test_waiting_is_limited_unless_the_address_says_otherwise(self) -> None:
        url = database_url("postgresql://localhost/db")
        limits = self.options(url)["connect_args"]
        self.assertEqual(5, limits["connect_timeout"])
        self.assertEqual("-c statement_timeout=30000", limits["options"])
        limits = self.options(f"{url}?connect_timeout=7")["connect_args"]
        self.assertNotIn("connect_timeout", limits)

    def test_behind_a_pooler_nothing_is_prepared(self) -> None:
        pooled = {"DATABASE_CONNECT_ARGS": {"prepare_threshold": None}}
        options = self.options(database_url("postgresql://localhost/db"), **pooled)
        self.assertIsNone(options["connect_args"]["prepare_threshold"])

    def test_a_process_has_a_connection_for_each_thread_and_no_more(self) -> None:
        options = self.options(database_url("postgresql://localhost/db"))
        self.assertEqual((8, 0), (options["pool_size"], options["max_overflow"]))

    def options(self, url: str, **more: Any) -> dict[str, Any]:
        """Return the options of an engine, as the settings' defaults make them."""
        defaults = {"DATABASE_POOL_SIZE": 8, "DATABASE_STATEMENT_TIMEOUT": 30}
        settings = {**self.app.config, **defaults, "SQLALCHEMY_ENGINE_OPTIONS": {}}
        return engine_options({**settings, "SQLALCHEMY_DATABASE_URI": url, **more})


class PostgresReadinessTest(ReadinessTestCase):
    def test_a_server_that_does_not_answer_is_noticed(self) -> None:
        url = database_url("postgresql://user@127.0.0.1:{port}/db")
        self.assert_noticed("database", SQLALCHEMY_DATABASE_URI=url)
