"""The debug toolbar is on the pages of a debug application, and nowhere else."""

from ..app import create_app
from .base import TEST_SETTINGS, AppTestCase

TOOLBAR = 'id="flDebug"'


class DebugToolbarTest(AppTestCase):
    def test_it_is_shown_in_debug(self) -> None:
        app = create_app(**{**TEST_SETTINGS, "DEBUG": True})
        response = app.test_client().get("/")
        self.assertIn(TOOLBAR, response.get_data(as_text=True))

    def test_its_assets_are_served_in_debug(self) -> None:
        app = create_app(**{**TEST_SETTINGS, "DEBUG": True})
        with app.test_client().get(
            "/_debug_toolbar/static/css/toolbar.css"
        ) as response:
            self.assertEqual(200, response.status_code)

    def test_it_is_absent_otherwise(self) -> None:
        response = self.client.get("/")
        self.assertNotIn(TOOLBAR, response.get_data(as_text=True))
        self.assertNotIn("debugtoolbar", self.app.blueprints)
