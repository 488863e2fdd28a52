"""Pages of the database are frozen, too."""

from pathlib import Path
from tempfile import TemporaryDirectory

from ..extensions import freezer
from ..models import Page
from .base import AppTestCase


class FreezeDatabaseTest(AppTestCase):
    def test_each_is_a_folder_with_an_index(self) -> None:
        page = Page.create(title="Hours", text="Always.")
        folder = Path(self.enterContext(TemporaryDirectory()))
        self.app.config["FREEZER_DESTINATION"] = folder
        freezer.freeze()
        for path in ("pages/index.html", f"pages/{page.id}/index.html"):
            self.assertIn("Hours", folder.joinpath(path).read_text("utf-8"))
