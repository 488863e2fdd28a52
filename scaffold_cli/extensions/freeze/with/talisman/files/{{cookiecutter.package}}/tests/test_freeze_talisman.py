"""A site is frozen as it is, also for an address without https."""

from pathlib import Path
from tempfile import TemporaryDirectory

from ..app import create_app
from ..core import App
from ..extensions import freezer
from ..frozen_urls import FROZEN_SETTINGS
from .base import TEST_SETTINGS, AppTestCase


class FreezeTalismanTest(AppTestCase):
    def create_app(self) -> App:
        """Make an application as it is frozen, of one that redirects to https."""
        self.folder = Path(self.enterContext(TemporaryDirectory()))
        return create_app(
            {**TEST_SETTINGS, "FORCE_HTTPS": True, **FROZEN_SETTINGS},
            FREEZER_BASE_URL="http://localhost/",
            FREEZER_DESTINATION=self.folder,
        )

    def test_no_page_leads_to_https_instead(self) -> None:
        freezer.freeze()
        self.assertIn("<html", self.folder.joinpath("index.html").read_text("utf-8"))
