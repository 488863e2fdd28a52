"""Addresses of databases, as they are written in the environment."""

from unittest import TestCase

from ..database import database_url


class DatabaseUrlTest(TestCase):
    def test_heroku_addresses_name_the_driver(self) -> None:
        for scheme in ("postgres", "postgresql"):
            self.assertEqual(
                "postgresql+psycopg://user:pass@host:5432/db",
                database_url(f"{scheme}://user:pass@host:5432/db"),
            )

    def test_other_addresses_stay_as_they_are(self) -> None:
        for url in ("sqlite://", "sqlite:///app.db", "postgresql+psycopg2://host/db"):
            self.assertEqual(url, database_url(url))
