"""Flat pages are frozen, too."""

from pathlib import Path
from tempfile import TemporaryDirectory

from ..extensions import freezer
from .base import AppTestCase


class FreezeFlatPagesTest(AppTestCase):
    def test_each_is_a_folder_with_an_index(self) -> None:
        folder = Path(self.enterContext(TemporaryDirectory()))
        pages = folder / "pages"
        pages.mkdir()
        pages.joinpath("hours.md").write_text("---\ntitle: Hours\n---\n\nAlways.")
        self.app.config["FLATPAGES_ROOT"] = str(pages)
        self.app.config["FREEZER_DESTINATION"] = folder / "build"
        freezer.freeze()
        page = folder.joinpath("build/hours/index.html").read_text("utf-8")
        self.assertIn("<p>Always.</p>", page)
