"""What the tests share."""

from ..app import create_app
from ..core import App
from ..core.testing import TestCase
# slot: test-imports

TEST_SETTINGS: dict[str, object] = {
    "DEBUG": False,
    "TESTING": True,
    "SECRET_KEY": "testing",
    "SESSION_COOKIE_SECURE": None,
    "TRUSTED_HOSTS": None,
    "TRUSTED_PROXIES": 0,
    # slot: test-settings
}


class AppTestCase(TestCase):
    """A test of the application, whatever the environment says."""

    app: App

    def create_app(self) -> App:
        """Make the application under test."""
        return create_app(**TEST_SETTINGS)

    def setUp(self) -> None:
        """Get ready what every test needs."""
        self.runner = self.app.test_cli_runner()
        # slot: test-setup
