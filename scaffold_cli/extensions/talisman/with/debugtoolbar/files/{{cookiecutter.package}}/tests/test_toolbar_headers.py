"""The debug toolbar may be inline; other pages may not."""

from ..app import create_app
from .base import TEST_SETTINGS, AppTestCase


class ToolbarHeadersTest(AppTestCase):
    def test_inline_is_allowed_in_debug_only(self) -> None:
        debug = create_app(TEST_SETTINGS, DEBUG=True).test_client()
        for directive in ("script-src", "style-src"):
            policy = debug.get("/").content_security_policy
            self.assertEqual("'self' 'unsafe-inline'", policy[directive])
            policy = self.client.get("/").content_security_policy
            self.assertNotIn("'unsafe-inline'", policy[directive])
