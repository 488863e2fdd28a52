"""Where settings may come from."""

from pathlib import Path
from tempfile import TemporaryDirectory

from flask import url_for

from ..app import create_app
from ..core import SettingsError
from .base import TEST_SETTINGS, AppTestCase


class SourcesTest(AppTestCase):
    def site_name(self, name: str, text: str) -> str:
        """Return the site's name that a file of settings gives."""
        with TemporaryDirectory() as folder:
            path = Path(folder, name)
            path.write_text(text, encoding="utf-8")
            return str(create_app(str(path), **TEST_SETTINGS).config["SITE_NAME"])

    def test_files(self) -> None:
        files = {
            "backend.py": 'SITE_NAME = "Backend"',
            "backend.toml": 'SITE_NAME = "Backend"',
            "backend.ini": "[backend]\nsite_name = Backend",
        }
        for name, text in files.items():
            with self.subTest(name):
                self.assertEqual(self.site_name(name, text), "Backend")

    def test_values_of_an_ini_file_are_literals_switches_or_text(self) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder, "backend.ini")
            path.write_text("RED = on\nLIMIT = 2\nSITE_NAME = A B")
            config = create_app(path, **TEST_SETTINGS).config
        self.assertIs(config["RED"], True)
        self.assertEqual(config["LIMIT"], 2)
        self.assertEqual(config["SITE_NAME"], "A B")

    def test_objects(self) -> None:
        class Backend:
            SITE_NAME = "Backend"

        app = create_app(Backend, **TEST_SETTINGS)
        self.assertEqual(app.config["SITE_NAME"], "Backend")

    def test_overrides_win(self) -> None:
        app = create_app({"SITE_NAME": "Backend"}, **TEST_SETTINGS, SITE_NAME="Mine")
        self.assertEqual(app.config["SITE_NAME"], "Mine")

    def test_missing_file_is_named(self) -> None:
        with self.assertRaisesRegex(SettingsError, "missing.toml"):
            create_app("missing.toml")

    def test_blueprints_are_found_by_module_and_by_name(self) -> None:
        module = f"{create_app.__module__.rpartition('.')[0]}.public.blueprint"
        for item in [".public.blueprint", f"{module}:create_blueprint"]:
            with self.subTest(item):
                blueprints = [(item, {"url_prefix": "/here"})]
                app = create_app(TEST_SETTINGS, BLUEPRINTS=blueprints)
                with app.test_request_context():
                    self.assertEqual(url_for("public.index"), "/here/")

    def test_item_without_a_blueprint_is_named(self) -> None:
        with self.assertRaisesRegex(SettingsError, r"\.views"):
            create_app(TEST_SETTINGS, BLUEPRINTS=[".views"])
