"""Pages go to a file and come back checked."""

import io
import json
import tempfile
from contextlib import redirect_stdout
from pathlib import Path

from sqlalchemy import select

from ..app import create_app
from ..extensions import db
from ..manage import export_pages, import_pages
from ..models import Page
from ..page_files import dump_pages, load_pages
from .base import TEST_SETTINGS, AppTestCase


class PageFilesTest(AppTestCase):
    def setUp(self) -> None:
        """Have an empty folder for the file."""
        super().setUp()
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.file = Path(folder, "pages.json")

    def test_pages_come_back_as_they_were(self) -> None:
        db.session.add(Page(title="Über uns", text="First.\n\nSecond."))
        db.session.commit()
        export_pages(str(self.file))
        status, printed = self.import_file()
        self.assertEqual((0, "Added: 1\n"), (status, printed))
        one, other = db.session.scalars(select(Page)).all()
        self.assertEqual((one.title, one.text), (other.title, other.text))

    def test_one_that_is_wrong_keeps_out_all(self) -> None:
        for wrong in ({"title": ""}, {"text": "?"}, {"title": "x" * 201}):
            pages = [{"title": "Right"}, wrong]
            self.file.write_text(json.dumps(pages), encoding="utf-8")
            status, printed = self.import_file()
            self.assertEqual(1, status)
            self.assertIn("title", printed)
        self.assertEqual([], db.session.scalars(select(Page)).all())

    def test_what_is_no_json_or_not_there_is_told(self) -> None:
        self.assertEqual(1, self.import_file()[0])
        self.file.write_text("<html>", encoding="utf-8")
        self.assertEqual(1, self.import_file()[0])

    def test_two_applications_dump_their_own_pages(self) -> None:
        load_pages('[{"title": "Here only"}]')
        other = create_app(TEST_SETTINGS)
        with other.app_context():
            db.create_all()
            self.assertEqual([], json.loads(dump_pages()))
            load_pages('[{"title": "There only"}]')
            self.assertEqual("There only", json.loads(dump_pages())[0]["title"])
            db.session.remove()
            db.engine.dispose()
        self.assertEqual("Here only", json.loads(dump_pages())[0]["title"])

    def import_file(self) -> tuple[int, str]:
        """Run the command; return its status and what it printed."""
        with redirect_stdout(io.StringIO()) as output:
            status: int = import_pages(str(self.file))
        return status, output.getvalue()
