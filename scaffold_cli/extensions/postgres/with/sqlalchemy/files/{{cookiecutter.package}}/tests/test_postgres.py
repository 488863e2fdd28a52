"""PostgreSQL is spoken to by psycopg."""

from ..app import create_app
from ..database import database_url
from ..extensions import db
from .base import TEST_SETTINGS, AppTestCase


class PostgresTest(AppTestCase):
    def test_an_address_leads_to_the_driver(self) -> None:
        url = database_url("postgresql://user:pass@localhost/db?connect_timeout=5")
        app = create_app(**{**TEST_SETTINGS, "SQLALCHEMY_DATABASE_URI": url})
        with app.app_context():
            self.assertEqual("psycopg", db.engine.driver)
            self.assertEqual("5", db.engine.url.query["connect_timeout"])
