"""Static files are served by WhiteNoise, and collected into one folder."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from flask import Blueprint, Flask, url_for
from werkzeug.test import TestResponse

from .. import static_files
from ..app import create_app
from ..manage import manager
from ..static_files import static_folders
from .base import TEST_SETTINGS, AppTestCase

STYLE = "h1 { color: teal; }\n" * 100


class WhiteNoiseTest(AppTestCase):
    def setUp(self) -> None:
        super().setUp()
        folder = Path(self.enterContext(TemporaryDirectory()))
        self.root = folder / "collected"
        self.style = folder / "static" / "shop.css"
        self.style.parent.mkdir()
        self.style.write_text(STYLE)

    def create_app_with_shop(self, **settings: object) -> Flask:
        """Make an application with a blueprint that has static files of its own."""
        folder = str(self.style.parent)
        shop = Blueprint("shop", __name__, static_folder=folder, url_prefix="/shop")
        blueprints = [".public.blueprint", shop]
        served = {**TEST_SETTINGS, "TESTING": False}  # as by a server
        return create_app(served, BLUEPRINTS=blueprints, **settings)

    def get(self, app: Flask, encodings: str = "") -> TestResponse:
        """Ask for the blueprint's file."""
        response = app.test_client().get(
            "/shop/static/shop.css", headers={"Accept-Encoding": encodings}
        )
        self.addCleanup(response.close)
        return response

    def collect(self) -> Flask:
        """Run the command, and make an application that has its result."""
        with (
            self.create_app_with_shop(COLLECT_ROOT=self.root).app_context(),
            patch.object(static_files, "static_folders", self.own_folders),
        ):
            result = self.runner.invoke(manager, ["collect"])
        self.assertEqual(0, result.exit_code, result.output)
        return self.create_app_with_shop(COLLECT_ROOT=self.root)

    def own_folders(self, app: Flask) -> Iterator[tuple[str, Path]]:
        """Leave out the files of installed packages, which may take long to compress."""
        for prefix, folder in static_folders(app):
            if folder in (self.style.parent, Path(app.root_path, "static")):
                yield prefix, folder

    def test_files_are_kept_long_and_their_kind_is_not_guessed(self) -> None:
        with self.client.get(url_for("static", filename="style.css")) as response:
            self.assertEqual(200, response.status_code)
            self.assertEqual("text/css", response.mimetype)
            self.assertTrue(response.cache_control.public)
            self.assertEqual(31_536_000, response.cache_control.max_age)
            self.assertEqual("nosniff", response.headers["X-Content-Type-Options"])

    def test_files_of_blueprints_are_served_without_flask(self) -> None:
        app = self.create_app_with_shop()
        app.view_functions.clear()
        self.assertEqual(STYLE, self.get(app).text)

    def test_changes_are_seen_in_debug(self) -> None:
        app = self.create_app_with_shop(DEBUG=True)
        self.style.write_text("h1 { color: navy; }")
        self.assertIn("navy", self.get(app).text)

    def test_collected_files_lie_as_in_their_urls(self) -> None:
        self.collect()
        for path in ("static/style.css", "shop/static/shop.css"):
            self.assertTrue(self.root.joinpath(path).is_file(), path)

    def test_collected_files_go_out_compressed(self) -> None:
        app = self.collect()
        for encoding in ("gzip", "br"):
            response = self.get(app, f"deflate, {encoding}")
            self.assertEqual(encoding, response.headers["Content-Encoding"])
            self.assertLess(len(response.data), len(STYLE) / 10)
        self.assertEqual(STYLE, self.get(app).text)

    def test_collecting_again_leaves_nothing_old(self) -> None:
        self.collect()
        self.style.rename(self.style.with_name("new.css"))
        self.assertEqual(404, self.get(self.collect(), "br").status_code)

    def test_two_applications_serve_each_its_own(self) -> None:
        self.assertEqual(200, self.get(self.create_app_with_shop()).status_code)
        self.assertEqual(404, self.get(self.app).status_code)
