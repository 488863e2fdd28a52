"""Tokens and passwords."""

from ..auth.accounts import find_user, set_password
from .base import AppTestCase
from .credentials import CREDENTIALS, prepare


class PasswordsTest(AppTestCase):
    def test_another_password_ends_tokens(self) -> None:
        prepare(self.app)
        token = self.client.post("/token", json=CREDENTIALS).get_json()["access_token"]
        user = find_user(CREDENTIALS["email"])
        assert user
        set_password(user, "a better one by far")
        headers = {"Authorization": f"Bearer {token}"}
        self.assertEqual(401, self.client.get("/token", headers=headers).status_code)
