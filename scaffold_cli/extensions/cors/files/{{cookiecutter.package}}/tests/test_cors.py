"""Pages of the sites that are named may call the API; nobody else, nothing else."""

from flask import Flask

from ..app import create_app
from .base import TEST_SETTINGS, AppTestCase

ALLOWED = "Access-Control-Allow-Origin"
FRIEND = "https://app.example.com"


def create_api(**settings: object) -> Flask:
    """Make an application with something to call, inside of /api and outside."""
    app = create_app(TEST_SETTINGS, **settings)
    for path in ("/api/ping", "/apiary"):
        app.add_url_rule(path, path.strip("/").replace("/", "-"), lambda: "pong")
    return app


class CorsTest(AppTestCase):
    def allowed(self, app: Flask, path: str, origin: str) -> str | None:
        """Return what the answer says of its caller's origin."""
        response = app.test_client().get(path, headers={"Origin": origin})
        return response.headers.get(ALLOWED)

    def test_nobody_may_by_default(self) -> None:
        self.assertIsNone(self.allowed(create_api(), "/api/ping", FRIEND))

    def test_the_sites_that_are_named_may(self) -> None:
        app = create_api(CORS_ORIGINS=[FRIEND])
        self.assertEqual(FRIEND, self.allowed(app, "/api/ping", FRIEND))
        for stranger in (
            "https://evil.example",
            "http://app.example.com",
            "https://appxexample.com",
            f"{FRIEND}.evil.example",
            "null",
        ):
            self.assertIsNone(self.allowed(app, "/api/ping", stranger), stranger)

    def test_they_are_told_of_errors_too(self) -> None:
        app = create_api(CORS_ORIGINS=[FRIEND])
        self.assertEqual(FRIEND, self.allowed(app, "/api/missing", FRIEND))

    def test_pages_stay_closed(self) -> None:
        app = create_api(CORS_ORIGINS=[FRIEND])
        for path in ("/", "/healthz", "/apiary", "/missing"):
            self.assertIsNone(self.allowed(app, path, FRIEND), path)

    def test_a_browser_may_ask_before_it_calls(self) -> None:
        client = create_api(CORS_ORIGINS=[FRIEND]).test_client()
        question = {
            "Origin": FRIEND,
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "authorization",
        }
        response = client.options("/api/ping", headers=question)
        self.assertEqual(FRIEND, response.headers[ALLOWED])
        allowed = response.headers["Access-Control-Allow-Headers"]
        self.assertEqual("authorization", allowed)
        self.assertNotIn("Access-Control-Allow-Credentials", response.headers)

    def test_two_applications_have_friends_of_their_own(self) -> None:
        ours, theirs = create_api(CORS_ORIGINS=[FRIEND]), create_api(CORS_ORIGINS=[])
        self.assertEqual(FRIEND, self.allowed(ours, "/api/ping", FRIEND))
        self.assertIsNone(self.allowed(theirs, "/api/ping", FRIEND))
