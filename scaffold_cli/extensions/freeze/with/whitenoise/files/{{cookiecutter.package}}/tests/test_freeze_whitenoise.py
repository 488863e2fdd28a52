"""Static files are frozen as they are, not as they were when last collected."""

from pathlib import Path
from tempfile import TemporaryDirectory

from ..app import create_app
from ..core import App
from ..extensions import freezer
from ..frozen_urls import FROZEN_SETTINGS
from .base import TEST_SETTINGS, AppTestCase


class FreezeWhiteNoiseTest(AppTestCase):
    def create_app(self) -> App:
        """Make an application as it is frozen, of one with another style collected."""
        self.folder = Path(self.enterContext(TemporaryDirectory()))
        collected = self.folder / "collected"
        style = collected / "static/style.css"
        style.parent.mkdir(parents=True)
        style.write_text("old")
        return create_app(
            {**TEST_SETTINGS, "COLLECT_ROOT": collected, **FROZEN_SETTINGS},
            FREEZER_DESTINATION=self.folder / "build",
        )

    def test_what_was_collected_before_is_not_taken(self) -> None:
        freezer.freeze()
        style = Path(self.app.root_path, "static/style.css").read_bytes()
        frozen = self.folder / "build/static/style.css"
        self.assertEqual(style, frozen.read_bytes())
