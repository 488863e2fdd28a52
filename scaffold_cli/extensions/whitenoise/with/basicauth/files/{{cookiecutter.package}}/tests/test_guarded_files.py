"""Static files of a site that is closed as a whole are closed, too."""

from ..app import create_app
from .base import TEST_SETTINGS, AppTestCase


class GuardedFilesTest(AppTestCase):
    def test_strangers_get_no_file(self) -> None:
        closed = create_app(TEST_SETTINGS, BASIC_AUTH_WHOLE_SITE=True)
        with closed.test_client().get("/static/style.css") as response:
            self.assertEqual(401, response.status_code)

    def test_files_of_an_open_site_are_for_all(self) -> None:
        with self.client.get("/static/style.css") as response:
            self.assertEqual(200, response.status_code)
