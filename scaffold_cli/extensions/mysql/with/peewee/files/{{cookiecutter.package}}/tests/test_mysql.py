"""MySQL and MariaDB are spoken to through a pool of connections."""

from playhouse.pool import PooledMySQLDatabase

from ..app import create_app
from .base import TEST_SETTINGS, AppTestCase
from .servers import ReadinessTestCase


class MySQLTest(AppTestCase):
    def test_an_address_leads_to_a_pool(self) -> None:
        url = "mysql://user:p%40ss@localhost/db?connect_timeout=5"
        app = create_app(**{**TEST_SETTINGS, "DATABASE_URL": url})
        database = app.extensions["peewee"]
        self.assertIsInstance(database, PooledMySQLDatabase)
        self.assertEqual("p@ss", database.connect_params["password"])
        self.assertEqual(5, database.connect_params["connect_timeout"])

    def test_waiting_is_limited_unless_the_address_says_otherwise(self) -> None:
        url = "mysql://user@localhost/db?connect_timeout=7"
        app = create_app(**{**TEST_SETTINGS, "DATABASE_URL": url})
        database = app.extensions["peewee"]
        self.assertEqual(8, database._max_connections)
        params = database.connect_params
        self.assertEqual(7, params["connect_timeout"])
        self.assertIn("max_statement_time = 30 ", params["init_command"])


class MySQLReadinessTest(ReadinessTestCase):
    def test_a_server_that_does_not_answer_is_noticed(self) -> None:
        url = "mysql://user@127.0.0.1:{port}/db"
        self.assert_noticed("database", DATABASE_URL=url)
