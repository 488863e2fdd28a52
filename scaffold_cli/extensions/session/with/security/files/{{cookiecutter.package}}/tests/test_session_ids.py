"""Nobody keeps a session id when logging in or out."""

from . import test_security
from .csrf import submit


class SessionIdsTest(test_security.AccountTestCase):
    def test_log_in_and_log_out_change_the_id_and_end_the_old_session(self) -> None:
        submit(self.client, "/preferences", color_scheme="dark")
        before = self.session_id()
        self.log_in()
        inside = self.session_id()
        self.assertTrue(self.is_logged_in())
        self.log_out()
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
