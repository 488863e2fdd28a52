"""Sessions are kept on the server, in files or in Redis."""

from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from fakeredis import FakeRedis
from flask import flash, session
from flask.testing import FlaskClient

from ..app import create_app
from ..core import App
from ..extensions import sessions
from ..manage import forget_sessions
from ..server_sessions import SessionFiles
from .base import TEST_SETTINGS, AppTestCase
from .servers import ReadinessTestCase, dead_server


class SessionTestCase(AppTestCase):
    """An application with a page that counts in its session."""

    def create_app(self) -> App:
        """Keep sessions in a folder of this test's own."""
        self.folder = self.enterContext(TemporaryDirectory())
        files = SessionFiles(self.folder)
        return self.counting(create_app(TEST_SETTINGS, SESSION_CACHELIB=files))

    def counting(self, app: App) -> App:
        """Add the page to an application."""

        @app.get("/count")
        def count() -> dict[str, int]:
            session["count"] = session.get("count", 0) + 1
            return {"count": session["count"]}

        return app

    def count(self, client: FlaskClient) -> int:
        """Ask for the page."""
        return int(client.get("/count").get_json()["count"])


class SessionsTest(SessionTestCase):
    def test_a_session_goes_on(self) -> None:
        self.assertEqual([1, 2, 3], [self.count(self.client) for _ in range(3)])

    def test_the_cookie_is_an_id_and_guarded(self) -> None:
        cookie = self.client.get("/count").headers["Set-Cookie"]
        for flag in ("Secure", "HttpOnly", "SameSite=Lax"):
            self.assertIn(flag, cookie)
        self.assertNotIn("Expires", cookie)
        self.assertRegex(cookie, r"^session=[\w-]{43};")

    def test_an_id_that_was_not_given_out_is_replaced(self) -> None:
        self.client.set_cookie("session", "planted")
        self.assertNotIn("planted", self.client.get("/count").headers["Set-Cookie"])

    def test_applications_do_not_take_each_others_sessions(self) -> None:
        other = self.counting(create_app(TEST_SETTINGS)).test_client()
        self.count(self.client)
        cookie = self.client.get_cookie("session")
        assert cookie is not None
        other.set_cookie("session", cookie.value)
        self.assertEqual(1, self.count(other))

    def test_all_sessions_can_be_ended(self) -> None:
        self.assertEqual([1, 2], [self.count(self.client) for _ in range(2)])
        forget_sessions()
        self.assertEqual(1, self.count(self.client))

    def test_flashed_messages_are_shown(self) -> None:
        @self.app.get("/flash")
        def flashing() -> str:
            flash("Saved.", "success")
            return ""

        self.client.get("/flash")
        self.assertIn('class="flash success"', self.client.get("/").text)

    def test_files_hold_no_pickle(self) -> None:
        self.count(self.client)
        written = [path.read_bytes() for path in Path(self.folder).iterdir()]
        self.assertTrue(any(b"\x81\xa5count\x01" in content for content in written))


class RedisSessionsTest(SessionTestCase):
    """With a Redis in the memory of this process."""

    def create_app(self) -> App:
        """Keep sessions in a server."""
        self.server = FakeRedis()
        self.server.set("something", "else")
        settings = {**TEST_SETTINGS, "SESSION_REDIS_URL": "redis://redis.example"}
        with patch("redis.Redis.from_url", return_value=self.server):
            return self.counting(create_app(settings))

    def test_a_session_goes_on(self) -> None:
        self.assertEqual([1, 2, 3], [self.count(self.client) for _ in range(3)])

    def test_all_sessions_can_be_ended_and_nothing_else(self) -> None:
        self.count(self.client)
        self.assertEqual(2, self.server.dbsize())
        sessions.forget_all()
        self.assertEqual([b"something"], self.server.keys())


class SessionsReadinessTest(ReadinessTestCase):
    def test_a_server_that_does_not_answer_is_noticed(self) -> None:
        url = "redis://127.0.0.1:{port}/0"
        self.assert_noticed("sessions", SESSION_REDIS_URL=url)

    def test_visitors_are_told_to_come_back_soon(self) -> None:
        with dead_server() as port:
            url = f"redis://127.0.0.1:{port}/0"
            settings = {**TEST_SETTINGS, "SESSION_REDIS_URL": url}
            app = create_app(settings, PROPAGATE_EXCEPTIONS=False)
            client = app.test_client()
            client.set_cookie("session", "a" * 43)
            with self.assertLogs(app.logger, "ERROR"):
                answer = client.get("/")
        self.assertEqual(503, answer.status_code)
        self.assertIn("Retry-After", answer.headers)
