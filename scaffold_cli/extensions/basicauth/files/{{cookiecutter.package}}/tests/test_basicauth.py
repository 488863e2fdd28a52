"""Guarded pages, and guarded sites."""

from werkzeug.security import check_password_hash, generate_password_hash
from werkzeug.test import TestResponse

from ..app import create_app
from ..core import App
from ..manage import manager
from .base import TEST_SETTINGS, AppTestCase

NAME, PASSWORD = "ada", "correct: horse"


class GuardedTestCase(AppTestCase):
    """An application with a password."""

    def create_app(self) -> App:
        """Make the application, with a hash that is quick to check."""
        return create_app(
            TEST_SETTINGS,
            BASIC_AUTH_USERNAME=NAME,
            BASIC_AUTH_PASSWORD_HASH=generate_password_hash(PASSWORD, "pbkdf2:sha1:1"),
        )

    def versions(self, name: str = NAME, password: str = PASSWORD) -> TestResponse:
        """Ask for the page of versions."""
        return self.client.get("/versions", auth=(name, password))


class PageTest(GuardedTestCase):
    def test_who_knows_the_password_sees_what_runs(self) -> None:
        page = self.versions()
        self.assertEqual(200, page.status_code)
        self.assertIn("<td>Flask</td>", page.get_data(as_text=True))

    def test_others_are_asked_for_it(self) -> None:
        for answer in (
            self.client.get("/versions"),
            self.versions(password="wrong"),
            self.versions(password=""),
            self.versions(name="bob"),
            self.versions(name="ädä"),
            self.client.get("/versions", headers={"Authorization": "Basic x"}),
        ):
            self.assertEqual(401, answer.status_code)
            self.assertIn("Basic realm=", answer.headers["WWW-Authenticate"])
            self.assertNotIn("<td>", answer.get_data(as_text=True))

    def test_other_pages_are_open(self) -> None:
        self.assertEqual(200, self.client.get("/").status_code)

    def test_without_a_password_nobody_is_let_in(self) -> None:
        self.app.config["BASIC_AUTH_PASSWORD_HASH"] = ""
        for password in ("", PASSWORD):
            self.assertEqual(401, self.versions(password=password).status_code)

    def test_applications_have_a_password_each(self) -> None:
        other = create_app(TEST_SETTINGS, BASIC_AUTH_PASSWORD_HASH="")
        answer = other.test_client().get("/versions", auth=(NAME, PASSWORD))
        self.assertEqual(401, answer.status_code)
        self.assertEqual(200, self.versions().status_code)


class SiteTest(AppTestCase):
    def create_app(self) -> App:
        """Make an application that is not public yet."""
        return create_app(TEST_SETTINGS, BASIC_AUTH_WHOLE_SITE=True)

    def test_all_is_guarded_but_the_health_check(self) -> None:
        for path in ("/", "/static/style.css", "/missing"):
            self.assertEqual(401, self.client.get(path).status_code)
        for path in ("/healthz", "/readyz"):
            self.assertEqual(200, self.client.get(path).status_code)


class CommandTest(AppTestCase):
    def test_the_command_prints_the_setting(self) -> None:
        typed = f"{PASSWORD}\n{PASSWORD}\n"
        result = self.runner.invoke(manager, ["hash-password"], input=typed)
        name, _, value = result.output.strip().rpartition("\n")[2].partition("=")
        self.assertEqual("BASIC_AUTH_PASSWORD_HASH", name)
        self.assertTrue(check_password_hash(value.strip("'"), PASSWORD))
