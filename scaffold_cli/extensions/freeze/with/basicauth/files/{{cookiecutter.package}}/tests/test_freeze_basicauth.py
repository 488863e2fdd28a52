"""What is behind a password is not frozen."""

from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from ..frozen_urls import FROZEN_SETTINGS
from ..manage import manager
from .base import TEST_SETTINGS, AppTestCase


class FreezeBasicAuthTest(AppTestCase):
    def test_a_site_behind_a_password_is_refused(self) -> None:
        folder = Path(self.enterContext(TemporaryDirectory()))
        settings = {
            **TEST_SETTINGS,
            "BASIC_AUTH_WHOLE_SITE": True,
            "FREEZER_DESTINATION": folder,
        }
        with patch.dict(FROZEN_SETTINGS, settings):
            result = self.runner.invoke(manager, ["freeze"])
        self.assertEqual(1, result.exit_code)
        self.assertIn("Set BASIC_AUTH_WHOLE_SITE=0", result.output)
        self.assertEqual([], list(folder.iterdir()))
