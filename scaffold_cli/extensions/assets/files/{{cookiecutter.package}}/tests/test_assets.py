"""Scripts and styles are merged, and pages do with the sources until they are."""

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask, render_template_string

from ..assets import Assets
from .base import AppTestCase

SITE = Path(__file__).parent.parent / "static" / "site"
PAGE = """\
{% assets "css" %}<link rel="stylesheet" href="{{ ASSET_URL }}">{% endassets %}
{% assets "js" %}<script src="{{ ASSET_URL }}"></script>{% endassets %}"""


class AssetsTest(AppTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.folder = Path(self.enterContext(TemporaryDirectory()))
        shutil.copytree(SITE, self.folder / "site")
        self.assets = Assets()

    def make_app(self, *, debug: bool = False) -> Flask:
        """Make an application with a static folder of its own."""
        app = Flask(__name__, static_folder=str(self.folder), static_url_path="/s")
        app.debug = debug
        self.assets.init_app(app)
        return app

    def build(self) -> list[Path]:
        """Build the bundles."""
        with self.make_app().app_context():
            return self.assets.build()

    def page(self, app: Flask) -> str:
        """Return a page that loads the bundles."""
        with app.test_request_context():
            return render_template_string(PAGE)

    def test_the_sources_are_merged(self) -> None:
        css, js = (file.read_text("utf-8") for file in self.build())
        for part in (".flash .close", "@media print"):
            self.assertIn(part, css)
        for part in ("aria-label", "pageshow"):
            self.assertIn(part, js)
        self.assertNotIn("// ", js)

    def test_pages_load_what_is_built(self) -> None:
        self.build()
        page = self.page(self.make_app())
        for url in ("/s/bundles/site.css", "/s/bundles/site.js"):
            self.assertIn(f'"{url}"', page)
        self.assertNotIn("/s/site/", page)

    def test_they_load_the_sources_until_then_and_in_debug(self) -> None:
        pages = [self.page(self.make_app())]
        self.build()
        pages.append(self.page(self.make_app(debug=True)))
        for page in pages:
            self.assertNotIn("bundles", page)
            for source in SITE.iterdir():
                self.assertIn(f'"/s/site/{source.name}"', page)

    def test_a_change_is_built(self) -> None:
        self.build()
        self.folder.joinpath("site/print.css").write_text("@page { margin: 1cm; }")
        self.assertIn("@page", self.build()[0].read_text("utf-8"))

    def test_two_applications_have_bundles_each(self) -> None:
        self.build()
        self.assertIn("/s/bundles/site.css", self.page(self.make_app()))
        self.assertNotIn('"/s/', self.client.get("/").text)
