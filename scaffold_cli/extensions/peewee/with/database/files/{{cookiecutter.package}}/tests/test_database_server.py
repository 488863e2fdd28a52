"""Waiting for the database server."""

import io
from contextlib import redirect_stdout

from ..app import create_app
from ..manage import wait_for_database
from .base import TEST_SETTINGS, AppTestCase


class WaitTest(AppTestCase):
    def test_it_ends_when_the_database_answers(self) -> None:
        self.assertEqual(0, wait_for_database())

    def test_it_gives_up_in_time_and_says_why(self) -> None:
        # A folder is no database.
        app = create_app(**{**TEST_SETTINGS, "DATABASE_URL": "sqlite:////"})
        with app.app_context(), redirect_stdout(io.StringIO()) as output:
            self.assertEqual(1, wait_for_database(seconds=0))
        self.assertEqual("unable to open database file\n", output.getvalue())
