"""PostgreSQL is spoken to through a pool of connections."""

from playhouse.pool import PooledPostgresqlDatabase

from ..app import create_app
from .base import TEST_SETTINGS, AppTestCase


class PostgresTest(AppTestCase):
    def test_an_address_leads_to_a_pool(self) -> None:
        url = "postgresql://user:p%40ss@localhost/db?connect_timeout=5"
        app = create_app(**{**TEST_SETTINGS, "DATABASE_URL": url})
        database = app.extensions["peewee"]
        self.assertIsInstance(database, PooledPostgresqlDatabase)
        self.assertEqual("p@ss", database.connect_params["password"])
        self.assertEqual(5, database.connect_params["connect_timeout"])
