"""Nobody keeps a session id when logging in or out."""

from .base import AppTestCase
from .csrf import submit, token_from

ACCOUNT = {"email": "ada@example.com", "password": "correct horse battery"}


class SessionIdsTest(AppTestCase):
    def test_log_in_and_log_out_change_the_id_and_end_the_old_session(self) -> None:
        submit(self.client, "/preferences", color_scheme="dark")
        before = self.session_id()
        submit(self.client, "/register", repeated=ACCOUNT["password"], **ACCOUNT)
        inside = self.session_id()
        token = token_from(self.client.get("/account").text)
        self.client.post("/logout", data={"csrf_token": token})
        self.assertEqual(3, len({before, inside, self.session_id()}))

        thief = self.app.test_client()
        for stolen in (before, inside):
            thief.set_cookie("session", stolen)
            self.assertEqual(302, thief.get("/account").status_code)

    def session_id(self) -> str:
        """Return the id that the cookie holds now."""
        cookie = self.client.get_cookie("session")
        assert cookie is not None
        return cookie.value
