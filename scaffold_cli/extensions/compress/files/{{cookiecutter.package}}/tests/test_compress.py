"""Answers go out compressed, save where their length would tell a secret."""

import gzip

from flask import Flask, url_for

from ..app import create_app
from .base import TEST_SETTINGS, AppTestCase

TEXT = "All work and no play. " * 100


def add_text(app: Flask) -> None:
    """Add a page that is worth compressing."""
    app.add_url_rule("/text", "text", lambda: TEXT)


class CompressTest(AppTestCase):
    def setUp(self) -> None:
        super().setUp()
        add_text(self.app)

    def get(self, encodings: str, **headers: str) -> tuple[str, bytes]:
        """Open the page; return how it came, and as what."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        response = self.client.get(
            "/text", headers={"Accept-Encoding": encodings, **named}
        )
        self.assertEqual(200, response.status_code)
        return response.headers.get("Content-Encoding", ""), response.data

    def test_the_best_that_the_browser_takes_is_sent(self) -> None:
        self.assertEqual("zstd", self.get("gzip, deflate, br, zstd")[0])
        self.assertEqual("br", self.get("gzip, br")[0])
        encoding, data = self.get("gzip")
        self.assertEqual("gzip", encoding)
        self.assertEqual(TEXT, gzip.decompress(data).decode())
        self.assertLess(len(data), len(TEXT) / 10)

    def test_others_get_it_as_it_is(self) -> None:
        self.assertEqual(("", TEXT.encode()), self.get(""))

    def test_caches_keep_the_forms_apart(self) -> None:
        for encodings in ("gzip", ""):
            headers = {"Accept-Encoding": encodings}
            response = self.client.get("/text", headers=headers)
            self.assertIn("Accept-Encoding", response.vary)

    def test_a_part_of_a_file_is_sent_as_it_is(self) -> None:
        headers = {"Accept-Encoding": "gzip", "Range": "bytes=0-99"}
        url = url_for("static", filename="style.css")
        with self.client.get(url, headers=headers) as response:
            self.assertNotIn("Content-Encoding", response.headers)

    def test_two_applications_compress_each_in_its_own_way(self) -> None:
        other = create_app(TEST_SETTINGS, COMPRESS_ALGORITHM=["gzip"])
        add_text(other)
        headers = {"Accept-Encoding": "zstd, gzip"}
        response = other.test_client().get("/text", headers=headers)
        self.assertEqual("gzip", response.headers["Content-Encoding"])
        self.assertEqual("zstd", self.get("zstd, gzip")[0])

    def test_a_visitors_page_is_not_compressed_for_another_site(self) -> None:
        self.client.set_cookie("session", "secret")
        for site in ("cross-site", "same-site"):
            with self.subTest(site):
                self.assertEqual("", self.get("gzip", Sec_Fetch_Site=site)[0])

    def test_it_is_on_the_site_itself(self) -> None:
        self.client.set_cookie("session", "secret")
        for site in ("same-origin", "none"):
            with self.subTest(site):
                self.assertEqual("gzip", self.get("gzip", Sec_Fetch_Site=site)[0])

    def test_who_comes_by_a_link_without_cookies_gets_it_compressed(self) -> None:
        self.assertEqual("gzip", self.get("gzip", Sec_Fetch_Site="cross-site")[0])
