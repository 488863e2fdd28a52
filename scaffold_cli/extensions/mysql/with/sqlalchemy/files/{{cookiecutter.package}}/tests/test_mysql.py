"""MySQL and MariaDB are spoken to by PyMySQL."""

from ..app import create_app
from ..database import database_url
from ..extensions import db
from .base import TEST_SETTINGS, AppTestCase


class MySQLTest(AppTestCase):
    def test_an_address_leads_to_the_driver(self) -> None:
        for scheme in ("mysql", "mariadb"):
            url = database_url(f"{scheme}://user:pass@localhost/db?connect_timeout=5")
            app = create_app(**{**TEST_SETTINGS, "SQLALCHEMY_DATABASE_URI": url})
            with app.app_context():
                self.assertEqual("pymysql", db.engine.driver)
                self.assertEqual("5", db.engine.url.query["connect_timeout"])

    def test_other_addresses_stay_as_they_are(self) -> None:
        for url in ("sqlite://", "sqlite:///app.db", "mysql+mysqldb://host/db"):
            self.assertEqual(url, database_url(url))
