"""A breakpoint opens ipdb in debug."""

import os
from unittest.mock import patch

import ipdb

from ..app import create_app
from .base import TEST_SETTINGS, AppTestCase


class BreakpointTest(AppTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.enterContext(patch.dict(os.environ))
        os.environ.pop("PYTHONBREAKPOINT", None)

    def test_in_debug_it_opens_ipdb(self) -> None:
        app = create_app(TEST_SETTINGS, DEBUG=True)

        @app.get("/stop")
        def stop() -> str:
            breakpoint()
            return "went on"

        with patch.object(ipdb, "set_trace") as opened:
            self.assertEqual("went on", app.test_client().get("/stop").text)
        opened.assert_called_once_with()

    def test_without_debug_nothing_is_set(self) -> None:
        create_app(TEST_SETTINGS)
        self.assertNotIn("PYTHONBREAKPOINT", os.environ)

    def test_the_environment_is_asked_first(self) -> None:
        os.environ["PYTHONBREAKPOINT"] = "0"
        create_app(TEST_SETTINGS, DEBUG=True)
        self.assertEqual("0", os.environ["PYTHONBREAKPOINT"])
