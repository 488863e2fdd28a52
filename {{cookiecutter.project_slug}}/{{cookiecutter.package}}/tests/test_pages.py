"""Pages, errors and static files."""

from flask import abort, url_for
from markupsafe import escape

from ..app import create_app
from .base import TEST_SETTINGS, AppTestCase


class PagesTest(AppTestCase):
    def test_index_greets(self) -> None:
        page = self.client.get(url_for("public.index"))
        self.assertEqual(page.status_code, 200)
        self.assertIn(escape(self.app.config["SITE_NAME"]), page.text)
        self.assertNotIn('href="/healthz"', page.text)

    def test_landing_page_shows_the_routes_in_debug(self) -> None:
        client = create_app(TEST_SETTINGS, DEBUG=True).test_client()
        page = client.get("/")
        self.assertEqual(page.status_code, 200)
        self.assertIn('href="/healthz"', page.text)

    def test_healthz_answers(self) -> None:
        self.assertEqual(self.client.get("/healthz").json, {"status": "ok"})

    def test_static_files_are_kept_and_change_their_url(self) -> None:
        url = url_for("static", filename="style.css")
        self.assertRegex(url, r"^/static/style\.css\?v=[0-9a-f]{12}$")
        with self.client.get(url) as response:
            self.assertEqual(response.cache_control.max_age, 31_536_000)


class ErrorsTest(AppTestCase):
    def test_missing_page_is_a_page(self) -> None:
        page = self.client.get("/missing")
        self.assertEqual(page.status_code, 404)
        self.assertEqual(page.mimetype, "text/html")
        self.assertIn("Not Found", page.text)

    def test_missing_page_is_json_for_a_program(self) -> None:
        answer = self.client.get("/missing", headers={"Accept": "application/json"})
        self.assertEqual(answer.status_code, 404)
        self.assertEqual(answer.get_json()["name"], "Not Found")

    def test_errors_keep_their_headers(self) -> None:
        answer = self.client.delete("/healthz")
        self.assertEqual(answer.status_code, 405)
        self.assertIn("GET", answer.headers["Allow"])

    def test_any_http_error_is_a_page(self) -> None:
        self.app.add_url_rule("/teapot", "teapot", lambda: abort(418))
        self.assertIn("teapot", self.client.get("/teapot").text)

    def test_unexpected_error_tells_nothing(self) -> None:
        @self.app.get("/broken")
        def broken() -> str:
            return str(1 // 0)

        self.app.config["PROPAGATE_EXCEPTIONS"] = False
        for accept in ["text/html", "application/json"]:
            with self.assertLogs(self.app.logger):
                answer = self.client.get("/broken", headers={"Accept": accept})
            self.assertEqual(answer.status_code, 500)
            self.assertEqual(answer.mimetype, accept)
            self.assertNotIn("division", answer.text)
