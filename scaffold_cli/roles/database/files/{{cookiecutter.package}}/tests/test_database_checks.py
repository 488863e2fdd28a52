"""Pools that do not fit are found before a deployment."""

import os
from unittest.mock import patch

from .. import database_checks
from ..database_checks import pool_size
from ..database_server import most_connections
from .base import AppTestCase


class PoolSizeTest(AppTestCase):
    def found(self, most: int | None = 100, **environment: str) -> list[str]:
        """Return the levels of what is found with 8 connections in a process."""
        self.app.config["DATABASE_POOL_SIZE"] = 8
        with (
            patch.dict(os.environ, environment),
            patch.object(database_checks, "most_connections", return_value=most),
        ):
            return [finding.level for finding in pool_size(self.app)]

    def test_pools_that_fit_are_well(self) -> None:
        self.assertEqual([], self.found(WEB_THREADS="8", WEB_CONCURRENCY="12"))

    def test_more_threads_than_connections_are_found(self) -> None:
        self.assertEqual(["warning"], self.found(WEB_THREADS="9", WEB_CONCURRENCY="1"))

    def test_more_connections_than_the_server_takes_are_an_error(self) -> None:
        self.assertEqual(["error"], self.found(WEB_THREADS="4", WEB_CONCURRENCY="13"))

    def test_behind_a_pooler_the_servers_limit_says_nothing(self) -> None:
        self.app.config["DATABASE_POOLER"] = True
        self.assertEqual([], self.found(WEB_THREADS="4", WEB_CONCURRENCY="13"))

    def test_a_server_that_tells_no_limit_has_none(self) -> None:
        self.assertEqual([], self.found(None, WEB_THREADS="4", WEB_CONCURRENCY="99"))

    def test_the_limit_is_what_the_database_says(self) -> None:
        most = most_connections()
        self.assertTrue(most is None or most > 0)
