"""The status page keeps itself up to date, by htmx from this site."""

import json
import re
from html import unescape

from ..core.readiness import add_need
from .base import AppTestCase


class HtmxTest(AppTestCase):
    def test_pages_load_it_from_this_site(self) -> None:
        page = self.client.get("/").text
        scripts = re.findall(r'<script src="([^"]*htmx[^"]*)"', page)
        self.assertEqual(1, len(scripts))
        with self.client.get(unescape(scripts[0])) as response:
            self.assertEqual(200, response.status_code)
            self.assertIn(b"htmx", response.data)

    def test_it_needs_nothing_inline(self) -> None:
        page = self.client.get("/").text
        found = re.search(r"""name="htmx-config" content='([^']+)'""", page)
        assert found
        off = {"allowEval": False, "includeIndicatorStyles": False}
        self.assertEqual(off, json.loads(found[1]))


class StatusTest(AppTestCase):
    def test_the_page_shows_what_works(self) -> None:
        response = self.client.get("/status")
        self.assertIn("<html", response.text)
        self.assertIn("All is well.", response.text)
        self.assertNotIn("does not work", response.text)

    def test_htmx_gets_the_table_alone(self) -> None:
        response = self.client.get("/status", headers={"HX-Request": "true"})
        self.assertNotIn("<html", response.text)
        self.assertIn("All is well.", response.text)
        self.assertIn("HX-Request", response.vary)

    def test_what_fails_is_shown_and_why_is_not(self) -> None:
        def fail() -> None:
            raise OSError("secret")

        add_need(self.app, "disk", fail)
        with self.assertLogs(self.app.logger) as log:
            page = self.client.get("/status").text
        self.assertIn("Disk", page)
        self.assertIn("Something does not work.", page)
        self.assertNotIn("secret", page)
        self.assertIn("secret", log.output[0])
