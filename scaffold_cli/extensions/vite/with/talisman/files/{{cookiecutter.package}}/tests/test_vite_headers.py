"""Vite's development server is let in, in debug and nowhere else."""

from ..app import create_app
from .base import TEST_SETTINGS, AppTestCase

SERVER = "http://localhost:5173"


class ViteHeadersTest(AppTestCase):
    def policy(self, **settings: object) -> str:
        """Return the policy of the front page."""
        app = create_app(TEST_SETTINGS, **settings)
        return app.test_client().get("/").headers["Content-Security-Policy"]

    def test_in_debug_it_is_let_in(self) -> None:
        policy = self.policy(DEBUG=True, VITE_DEV_SERVER=SERVER)
        self.assertIn(f"connect-src 'self' {SERVER} ws://localhost:5173", policy)
        for directive in ("script-src", "style-src"):
            self.assertRegex(policy, f"{directive} 'self' [^;]*{SERVER}")

    def test_otherwise_it_is_not(self) -> None:
        self.assertNotIn(SERVER, self.policy(VITE_DEV_SERVER=SERVER))
        self.assertNotIn("connect-src", self.policy(DEBUG=True))
