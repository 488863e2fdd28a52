"""PostgreSQL is spoken to through a pool of connections."""

from playhouse.pool import PooledPostgresqlDatabase

from ..app import create_app
from .base import TEST_SETTINGS, AppTestCase
from .servers import ReadinessTestCase


class PostgresTest(AppTestCase):
    def test_an_address_leads_to_a_pool(self) -> None:
        url = "postgresql://user:p%40ss@localhost/db?connect_timeout=5"
        app = create_app(**{**TEST_SETTINGS, "DATABASE_URL": url})
        database = app.extensions["peewee"]
        self.assertIsInstance(database, PooledPostgresqlDatabase)
        self.assertEqual("p@ss", database.connect_params["password"])
        self.assertEqual(5, database.connect_params["connect_timeout"])

    def test_waiting_is_limited_unless_the_address_says_otherwise(self) -> None:
        url = "postgresql://user@localhost/db?connect_timeout=7"
        app = create_app(**{**TEST_SETTINGS, "DATABASE_URL": url})
        database = app.extensions["peewee"]
        self.assertEqual(8, database._max_connections)
        params = database.connect_params
        self.assertEqual(7, params["connect_timeout"])
        self.assertEqual("-c statement_timeout=30000", params["options"])


class PostgresReadinessTest(ReadinessTestCase):
    def test_a_server_that_does_not_answer_is_noticed(self) -> None:
        url = "postgresql://user@127.0.0.1:{port}/db"
        self.assert_noticed("database", DATABASE_URL=url)
