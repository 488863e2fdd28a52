"""The API answers, describes itself, and says what is wrong in JSON."""

import re

from ..app import create_app
from ..core.outages import add_outage
from .base import TEST_SETTINGS, AppTestCase

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


class StatusTest(AppTestCase):
    def test_the_application_tells_its_name(self) -> None:
        answer = self.client.get("/api/status").get_json()
        self.assertEqual(self.app.config["SITE_NAME"], answer["name"])
        self.assertEqual("ok", answer["status"])


class DocumentationTest(AppTestCase):
    def test_the_api_is_described(self) -> None:
        described = self.client.get("/api/openapi.json").get_json()
        self.assertEqual(self.app.config["SITE_NAME"], described["info"]["title"])
        self.assertIn("/api/status", described["paths"])

    def test_two_applications_describe_themselves(self) -> None:
        other = create_app(TEST_SETTINGS, SITE_NAME="Other", API_VERSION="2.0")
        for app, name in ((self.app, self.app.config["SITE_NAME"]), (other, "Other")):
            described = app.test_client().get("/api/openapi.json").get_json()
            self.assertEqual(name, described["info"]["title"])
            self.assertIn("/api/status", described["paths"])

    def test_the_page_and_all_that_it_loads_come_from_this_site(self) -> None:
        page = self.client.get("/api/docs").text
        urls = re.findall(r'(?:src|href|data-url)="([^"]+)"', page)
        self.assertGreater(len(urls), 5)
        for url in urls:
            with self.subTest(url), self.client.get(url) as response:
                self.assertTrue(url.startswith("/"))
                self.assertEqual(200, response.status_code)

    def test_nothing_on_the_page_is_inline(self) -> None:
        page = self.client.get("/api/docs").text
        self.assertEqual([], re.findall(r"<style|style=|<script>|\son\w+=", page))


class ErrorsTest(AppTestCase):
    def test_programs_are_told_in_json(self) -> None:
        answer = self.client.get("/api/missing")
        self.assertEqual(404, answer.status_code)
        self.assertEqual("Not Found", answer.get_json()["name"])

    def test_browsers_are_shown_a_page(self) -> None:
        for path in ("/api/missing", "/missing"):
            answer = self.client.get(path, headers=BROWSER)
            self.assertEqual((404, "text/html"), (answer.status_code, answer.mimetype))

    def test_outside_the_api_errors_are_pages(self) -> None:
        self.assertEqual("text/html", self.client.get("/missing").mimetype)

    def test_errors_keep_their_headers(self) -> None:
        answer = self.client.delete("/api/status")
        self.assertEqual(405, answer.status_code)
        self.assertIn("GET", answer.headers["Allow"])

    def test_an_unexpected_error_tells_nothing(self) -> None:
        self.app.add_url_rule("/api/broken", "broken", lambda: str(1 // 0))
        self.app.config["PROPAGATE_EXCEPTIONS"] = False
        with self.assertLogs(self.app.logger):
            answer = self.client.get("/api/broken")
        self.assertEqual(500, answer.get_json()["code"])
        self.assertNotIn("division", answer.text)

    def test_an_outage_is_no_error_of_ours(self) -> None:
        self.app.add_url_rule("/api/broken", "broken", lambda: str(1 // 0))
        self.app.config["PROPAGATE_EXCEPTIONS"] = False
        add_outage(self.app, ZeroDivisionError)
        with self.assertLogs(self.app.logger):
            answer = self.client.get("/api/broken")
        self.assertEqual(503, answer.get_json()["code"])
        self.assertIn("Retry-After", answer.headers)
