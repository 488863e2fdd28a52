"""Where there are no accounts, uploading is closed unless the settings open it."""

from ..app import create_app
from .base import TEST_SETTINGS, AppTestCase


class AccessTest(AppTestCase):
    def test_it_may_be_closed(self) -> None:
        client = create_app(TEST_SETTINGS, UPLOADS_OPEN=False).test_client()
        response = client.get("/uploads")
        self.assertEqual(403, response.status_code)
        self.assertIn("UPLOADS_OPEN=1", response.text)
