"""Tokens of users."""

from sqlalchemy import select

from ..extensions import db
from ..models import User
from .base import AppTestCase
from .credentials import CREDENTIALS, prepare


class UsersTest(AppTestCase):
    def setUp(self) -> None:
        super().setUp()
        prepare(self.app)
        token = self.client.post("/token", json=CREDENTIALS).get_json()["access_token"]
        self.headers = {"Authorization": f"Bearer {token}"}

    def status(self) -> int:
        """Call the API with a token that was good at first."""
        return self.client.get("/token", headers=self.headers).status_code

    def test_with_its_user_a_token_is_gone(self) -> None:
        self.assertEqual(200, self.status())
        db.session.delete(db.session.scalars(select(User)).one())
        db.session.commit()
        self.assertEqual(401, self.status())

    def test_what_is_no_text_is_wrong(self) -> None:
        for wrong in ({"email": "a\0b"}, {"email": "\ud800"}, {"password": "\ud800"}):
            answer = self.client.post("/token", json={**CREDENTIALS, **wrong})
            self.assertEqual(401, answer.status_code)

    def test_a_token_is_no_session(self) -> None:
        answer = self.client.get("/account", headers=self.headers)
        self.assertEqual(302, answer.status_code)
