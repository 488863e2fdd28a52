"""Files are checked, kept, and never served as pages of this site."""

import errno
import io
import re
import tempfile
from pathlib import Path
from unittest.mock import patch

from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse

from ..app import create_app
from ..core import App
from .base import TEST_SETTINGS, AppTestCase
from .csrf import token_from
from .uploaders import OPEN

PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


class UploadsTest(AppTestCase):
    def create_app(self) -> App:
        """Make an application with a folder of its own for the files."""
        self.folder = self.enterContext(tempfile.TemporaryDirectory())
        return create_app(TEST_SETTINGS, UPLOADED_FILES_DEST=self.folder, **OPEN)

    def upload(self, name: str, content: bytes) -> TestResponse:
        """Send a file by the form."""
        token = token_from(self.client.get("/uploads").text)
        file = (io.BytesIO(content), name)
        return self.client.post("/uploads", data={"csrf_token": token, "file": file})

    def kept(self) -> list[Path]:
        """Return the files that there are."""
        return [path for path in Path(self.folder).rglob("*") if path.is_file()]

    def address(self) -> str:
        """Return the address of the one file that is listed."""
        page = self.client.get("/uploads").text
        [address] = re.findall(r'href="(/uploads/[^"]+)"', page)
        return str(address)

    def test_a_file_is_kept_listed_and_served(self) -> None:
        self.assertEqual(302, self.upload("My photo.PNG", PNG).status_code)
        self.assertRegex(self.address(), r"^/uploads/[0-9a-f]{16}/My_photo\.png$")
        with self.client.get(self.address()) as response:
            self.assertEqual(PNG, response.data)
            self.assertEqual("image/png", response.mimetype)
            self.assertEqual("nosniff", response.headers["X-Content-Type-Options"])

    def test_all_but_pictures_is_downloaded(self) -> None:
        self.upload("notes.txt", b"<script>alert(1)</script>")
        with self.client.get(self.address()) as response:
            disposition = response.headers["Content-Disposition"]
            self.assertEqual("attachment; filename=notes.txt", disposition)
            self.assertEqual("text/plain", response.mimetype)
            self.assertEqual("nosniff", response.headers["X-Content-Type-Options"])

    def test_two_of_one_name_are_two_files(self) -> None:
        for content in (b"first", b"second"):
            self.upload("notes.txt", content)
        self.assertEqual(
            {b"first", b"second"}, {path.read_bytes() for path in self.kept()}
        )

    def test_of_what_the_disk_has_no_room_for_nothing_is_left(self) -> None:
        def save(file: FileStorage, target: str) -> None:
            Path(target).write_bytes(b"The beg")
            raise OSError(errno.ENOSPC, "No space left on device")

        with patch.object(FileStorage, "save", save), self.assertRaises(OSError):
            self.upload("notes.txt", b"The beginning and the end")
        self.assertEqual([], list(Path(self.folder).iterdir()))

    def test_other_types_are_refused(self) -> None:
        for name in ("page.html", "logo.svg", "run.exe", "x.png.html", "png", ".png"):
            response = self.upload(name, PNG)
            self.assertIn('class="errors"', response.text, name)
        self.assertEqual([], self.kept())

    def test_what_only_has_the_name_of_a_type_is_refused(self) -> None:
        for name, content in (
            ("photo.png", b"<html>"),
            ("paper.pdf", PNG),
            ("notes.txt", b"\0\1"),
        ):
            self.assertIn("not what its name says", self.upload(name, content).text)
        self.assertEqual([], self.kept())

    def test_what_is_too_large_is_refused(self) -> None:
        self.assertIn("larger than", self.upload("notes.txt", b"x" * 1001).text)
        self.assertEqual([], self.kept())

    def test_nothing_at_all_is_refused(self) -> None:
        token = token_from(self.client.get("/uploads").text)
        response = self.client.post("/uploads", data={"csrf_token": token})
        self.assertIn('class="errors"', response.text)

    def test_a_post_without_token_is_refused(self) -> None:
        file = (io.BytesIO(PNG), "photo.png")
        response = self.client.post("/uploads", data={"file": file})
        self.assertEqual(400, response.status_code)
        self.assertEqual([], self.kept())

    def test_names_do_not_lead_out_of_the_folder(self) -> None:
        self.upload("../../notes.txt", b"text")
        [path] = self.kept()
        self.assertEqual(Path(self.folder), path.parent.parent)
        for address in ("/uploads/../x", "/uploads/..%2f/x", "/uploads/x/..%5cx"):
            response = self.client.get(address, follow_redirects=True)
            self.assertEqual(404, response.status_code, address)

    def test_two_applications_keep_their_own_files(self) -> None:
        other = self.enterContext(tempfile.TemporaryDirectory())
        app = create_app(TEST_SETTINGS, UPLOADED_FILES_DEST=other, **OPEN)
        self.upload("notes.txt", b"here")
        self.assertNotIn("notes.txt", app.test_client().get("/uploads").text)
        self.assertEqual([], list(Path(other).iterdir()))
