"""Waiting for the database server."""

import io
from contextlib import redirect_stdout

from ..app import create_app
from ..extensions import db
from ..manage import wait_for_database
from .base import TEST_SETTINGS, AppTestCase


class WaitTest(AppTestCase):
    def test_it_ends_when_the_database_answers(self) -> None:
        self.assertEqual(0, wait_for_database())

    def test_it_gives_up_in_time_and_says_why(self) -> None:
        settings = {**TEST_SETTINGS, "SQLALCHEMY_DATABASE_URI": "sqlite:////no/such.db"}
        with (
            create_app(**settings).app_context(),
            redirect_stdout(io.StringIO()) as output,
        ):
            self.assertEqual(1, wait_for_database(seconds=0))
            db.engine.dispose()
        self.assertEqual("unable to open database file\n", output.getvalue())
