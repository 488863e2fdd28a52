"""Tokens, as programs use them."""

from datetime import timedelta

from flask_jwt_extended import create_access_token
from werkzeug.test import TestResponse

from ..app import create_app
from ..core import App, SettingsError
from .base import TEST_SETTINGS, AppTestCase
from .credentials import CREDENTIALS, prepare


class TokenTest(AppTestCase):
    def setUp(self) -> None:
        super().setUp()
        prepare(self.app)

    def ask(self, **changes: object) -> TestResponse:
        """Ask for a token."""
        return self.client.post("/token", json={**CREDENTIALS, **changes})

    def token(self) -> str:
        """Return a token that is good."""
        return str(self.ask().get_json()["access_token"])

    def use(self, token: str, app: App | None = None) -> TestResponse:
        """Call the API with a token."""
        headers = {"Authorization": f"Bearer {token}"}
        return (app or self.app).test_client().get("/token", headers=headers)

    def test_a_token_opens_the_api(self) -> None:
        answer = self.ask()
        self.assertEqual("no-store", answer.headers["Cache-Control"])
        self.assertEqual(200, self.use(answer.get_json()["access_token"]).status_code)

    def test_without_a_token_there_is_no_way_in(self) -> None:
        answer = self.client.get("/token", headers={"Accept": "text/html"})
        self.assertEqual((401, 401), (answer.status_code, answer.get_json()["code"]))
        self.assertEqual("Bearer", answer.headers["WWW-Authenticate"])

    def test_wrong_credentials_get_none_and_learn_nothing(self) -> None:
        answers = [self.ask(**{name: "wrong"}) for name in CREDENTIALS]
        self.assertEqual({401}, {answer.status_code for answer in answers})
        self.assertEqual(1, len({answer.data for answer in answers}))

    def test_what_is_no_text_gets_none(self) -> None:
        values: list[object] = [None, 1, [], {}]
        for name in CREDENTIALS:
            for value in values:
                self.assertEqual(401, self.ask(**{name: value}).status_code)
        for body in (values, "x"):
            self.assertEqual(400, self.client.post("/token", json=body).status_code)

    def test_forms_of_other_sites_get_none(self) -> None:
        answer = self.client.post("/token", data=CREDENTIALS)
        self.assertEqual(415, answer.status_code)

    def test_a_token_ends(self) -> None:
        old = create_access_token("x", expires_delta=timedelta(seconds=-1))
        self.assertEqual(401, self.use(old).status_code)

    def test_a_token_that_was_changed_opens_nothing(self) -> None:
        header, body, signature = self.token().split(".")
        for token in (f"{header}.{body}.", f"{header}.{body}x.{signature}"):
            self.assertEqual(401, self.use(token).status_code)

    def test_a_token_is_good_for_its_application_only(self) -> None:
        other = create_app(TEST_SETTINGS, JWT_SECRET_KEY="another of many bytes" * 2)
        self.assertEqual(401, self.use(self.token(), other).status_code)
        self.assertEqual(200, self.use(self.token()).status_code)

    def test_a_key_that_can_be_guessed_is_refused(self) -> None:
        settings = {"TESTING": False, "JWT_SECRET_KEY": "short"}
        with self.assertRaisesRegex(SettingsError, "shorter than 32 bytes"):
            create_app(TEST_SETTINGS, **settings)
