"""Pages load what Vite has built, and do without where it has not."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask
from markupsafe import Markup

from ..app import create_app
from ..vite import Manifest, Vite, vite_tags
from .base import TEST_SETTINGS, AppTestCase

SERVER = "http://localhost:5173"
ENTRY = "src/main.js"
MANIFEST: Manifest = {
    ENTRY: {
        "file": "assets/main-1a.js",
        "css": ["assets/main-1b.css"],
        "imports": ["_shared.js"],
    },
    "_shared.js": {
        "file": "assets/shared-2a.js",
        "css": ["assets/shared-2b.css"],
        "imports": ["_shared.js"],
    },
}
TAGS = """\
<link rel="stylesheet" href="/static/vite/assets/shared-2b.css">
<link rel="modulepreload" href="/static/vite/assets/shared-2a.js">
<link rel="stylesheet" href="/static/vite/assets/main-1b.css">
<script type="module" src="/static/vite/assets/main-1a.js"></script>"""


class ViteTest(AppTestCase):
    def tags(self, app: Flask) -> Markup:
        """Return the tags on the pages of an application."""
        with app.test_request_context():
            return vite_tags(ENTRY)

    def test_pages_load_what_is_built_imports_first(self) -> None:
        self.app.extensions["vite"] = MANIFEST
        self.assertEqual(TAGS, self.tags(self.app))
        page = self.client.get("/").text
        for tag in TAGS.splitlines():
            self.assertIn(tag, page)

    def test_without_a_build_pages_do_without(self) -> None:
        self.app.extensions["vite"] = {}
        self.assertEqual("", self.tags(self.app))
        page = self.client.get("/")
        self.assertEqual(200, page.status_code)
        self.assertNotIn("/static/vite/", page.text)

    def test_what_is_built_is_in_the_static_folder(self) -> None:
        folder = Path(self.enterContext(TemporaryDirectory()))
        folder.joinpath("vite").mkdir()
        folder.joinpath("vite/manifest.json").write_text(json.dumps(MANIFEST))
        app = Flask(__name__, static_folder=str(folder))
        Vite().init_app(app)
        self.assertEqual(MANIFEST, app.extensions["vite"])

    def test_a_file_that_was_not_built_is_named(self) -> None:
        self.app.extensions["vite"] = MANIFEST
        with self.assertRaisesRegex(KeyError, "src/other.js"):
            vite_tags("src/other.js")

    def test_the_development_server_is_for_debug_alone(self) -> None:
        for debug, scripts in ((True, 2), (False, 0)):
            app = create_app(TEST_SETTINGS, DEBUG=debug, VITE_DEV_SERVER=SERVER)
            app.extensions["vite"] = MANIFEST
            found = self.tags(app).count(f'<script type="module" src="{SERVER}/')
            self.assertEqual(scripts, found)

    def test_two_applications_load_each_its_own(self) -> None:
        other = create_app(TEST_SETTINGS)
        self.app.extensions["vite"], other.extensions["vite"] = MANIFEST, {}
        self.assertEqual(TAGS, self.tags(self.app))
        self.assertEqual("", self.tags(other))
