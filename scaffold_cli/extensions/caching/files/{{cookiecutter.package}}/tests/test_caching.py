"""What is the same for everybody is worked out once."""

from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from flask import current_app

from ..app import create_app
from ..credits import packages
from ..credits.packages import Metadata, home, installed, licence
from ..extensions import cache
from ..manage import clear_cache
from .base import TEST_SETTINGS, AppTestCase
from .servers import ReadinessTestCase


@cache.memoize()
def site_name() -> str:
    """Tell in which application this was worked out."""
    return str(current_app.config["SITE_NAME"])


class CreditsTest(AppTestCase):
    def test_packages_are_named_with_their_licences(self) -> None:
        page = self.client.get("/credits").text
        self.assertIn(">Flask</a>", page)
        self.assertIn("BSD-3-Clause", page)

    def test_they_are_looked_for_once(self) -> None:
        with patch.object(packages, "all_metadata", return_value=[]) as looking:
            for _ in range(3):
                self.client.get("/credits")
        looking.assert_called_once_with()

    def test_the_command_forgets_them(self) -> None:
        with patch.object(packages, "all_metadata", return_value=[]):
            self.assertEqual([], installed())
        clear_cache()
        self.assertNotEqual([], installed())

    def test_a_licence_is_found_however_it_is_told(self) -> None:
        mit = "License :: OSI Approved :: MIT License"
        cases: list[tuple[Metadata, str]] = [
            ({"license_expression": "MIT"}, "MIT"),
            ({"license": "BSD"}, "BSD"),
            ({"license": "The whole text. " * 100, "classifier": []}, ""),
            ({"license": "UNKNOWN", "classifier": [mit]}, "MIT License"),
        ]
        for told, found in cases:
            self.assertEqual(found, licence(told))

    def test_only_web_addresses_are_linked_to(self) -> None:
        cases: list[tuple[Metadata, str]] = [
            ({"home_page": "https://flask.example"}, "https://flask.example"),
            ({"home_page": "javascript:alert(1)"}, ""),
            ({"project_url": ["Source, https://src.example"]}, "https://src.example"),
        ]
        for told, found in cases:
            self.assertEqual(found, home(told))


class CacheTest(AppTestCase):
    def test_two_applications_have_a_cache_each(self) -> None:
        for name in ("First", "Second"):
            with create_app(TEST_SETTINGS, SITE_NAME=name).app_context():
                self.assertEqual(name, site_name())

    def test_processes_of_a_machine_share_a_folder(self) -> None:
        folder = Path(self.enterContext(TemporaryDirectory()))
        settings = {**TEST_SETTINGS, "CACHE_TYPE": "", "CACHE_DIR": folder}
        with create_app(settings, SITE_NAME="First").app_context():
            self.assertEqual("First", site_name())
        with create_app(settings, SITE_NAME="Second").app_context():
            self.assertEqual("First", site_name())
            cache.delete_memoized(site_name)
            self.assertEqual("Second", site_name())


class CacheReadinessTest(ReadinessTestCase):
    def test_a_server_that_does_not_answer_is_noticed(self) -> None:
        url = "redis://127.0.0.1:{port}/0"
        self.assert_noticed(
            "cache", essential=False, CACHE_TYPE="", CACHE_REDIS_URL=url
        )
