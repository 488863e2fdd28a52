"""A visitor's Dropbox is linked, listed and written to; a stand-in plays Dropbox."""

import io
from threading import Thread
from urllib.parse import parse_qs, urlsplit

from werkzeug.test import TestResponse

from ..app import create_app
from ..core import App
from .base import TEST_SETTINGS, AppTestCase
from .csrf import token_from
from .dropbox_server import DropboxServer

SETTINGS = {"DROPBOX_APP_KEY": "key", "DROPBOX_APP_SECRET": "secret"}


class SetupTest(AppTestCase):
    def test_without_a_key_the_page_says_what_to_set(self) -> None:
        page = self.client.get("/dropbox").text
        for needed in (*SETTINGS, "http://localhost/dropbox/linked"):
            self.assertIn(needed, page)
        for path in ("/dropbox/link", "/dropbox/linked?code=any"):
            self.assertEqual("/dropbox", self.client.get(path).location)


class DropboxTest(AppTestCase):
    def create_app(self) -> App:
        """Make an application whose Dropbox is the stand-in."""
        self.server = DropboxServer()
        self.addCleanup(self.server.server_close)
        Thread(target=self.server.serve_forever, daemon=True).start()
        self.addCleanup(self.server.shutdown)
        app = create_app(TEST_SETTINGS, **SETTINGS)
        app.extensions["dropbox"] = self.server.session()
        return app

    def question(self) -> dict[str, str]:
        """Set out to link; return what Dropbox is asked for."""
        address = self.client.get("/dropbox/link").location or ""
        self.assertTrue(address.startswith("https://www.dropbox.com/oauth2/authorize?"))
        return {k: v[0] for k, v in parse_qs(urlsplit(address).query).items()}

    def come_back(self, **answer: str) -> TestResponse:
        """Come back from Dropbox, by default with the code that is right."""
        answer = {"state": self.question()["state"], **(answer or {"code": "right"})}
        return self.client.get("/dropbox/linked", query_string=answer)

    def save(self, name: str, content: bytes) -> TestResponse:
        """Send a file by the form."""
        token = token_from(self.client.get("/dropbox").text)
        data = {"csrf_token": token, "file": (io.BytesIO(content), name)}
        return self.client.post("/dropbox", data=data, follow_redirects=True)

    def test_a_link_is_asked_for_and_kept(self) -> None:
        self.assertIn("Link your Dropbox", self.client.get("/dropbox").text)
        asked = self.question()
        self.assertEqual("key", asked["client_id"])
        self.assertEqual("http://localhost/dropbox/linked", asked["redirect_uri"])
        self.assertEqual("/dropbox", self.come_back().location)
        self.assertEqual("right", self.server.asked["code"])
        self.assertIn("None yet", self.client.get("/dropbox").text)

    def test_files_are_saved_and_listed(self) -> None:
        self.come_back()
        for name in ("b.txt", "../A b.txt", "c.txt"):
            page = self.save(name, b"content").text
        self.assertIn("Saved as c.txt", page)
        self.assertEqual({"/b.txt", "/A_b.txt", "/c.txt"}, set(self.server.files))
        self.assertEqual(b"content", self.server.files["/b.txt"])
        names = ["<td>A_b.txt", "<td>b.txt", "<td>c.txt"]
        self.assertEqual(names, sorted(names, key=page.index))
        self.assertIn("7 Bytes", page)

    def test_nothing_is_saved_without_the_token(self) -> None:
        self.come_back()
        data = {"file": (io.BytesIO(b"content"), "a.txt")}
        self.assertEqual(400, self.client.post("/dropbox", data=data).status_code)
        self.assertEqual(400, self.client.post("/dropbox/unlink").status_code)
        self.assertEqual({}, self.server.files)

    def test_answers_to_questions_of_others_are_refused(self) -> None:
        for answer in ({"state": "guessed", "code": "right"}, {"code": "right"}, {}):
            self.question()
            response = self.client.get("/dropbox/linked", query_string=answer)
            self.assertEqual(400, response.status_code)
        self.assertEqual({}, self.server.asked)

    def test_who_does_not_allow_it_is_not_linked(self) -> None:
        self.come_back(error="access_denied")
        self.assertIn("is not linked", self.client.get("/dropbox").text)

    def test_a_refusal_is_told(self) -> None:
        with self.assertLogs(self.app.logger):
            self.come_back(code="wrong")
        self.assertIn("refuses the link", self.client.get("/dropbox").text)

    def test_a_link_that_has_ended_is_forgotten(self) -> None:
        self.come_back()
        self.server.token = "another"
        page = self.client.get("/dropbox", follow_redirects=True).text
        self.assertIn("has ended", page)
        self.assertIn("Link your Dropbox", page)

    def test_it_is_unlinked(self) -> None:
        self.come_back()
        token = token_from(self.client.get("/dropbox").text)
        self.client.post("/dropbox/unlink", data={"csrf_token": token})
        self.assertIn("Link your Dropbox", self.client.get("/dropbox").text)

    def test_where_dropbox_is_out_of_reach_the_page_says_so(self) -> None:
        self.come_back()
        self.server.shutdown()
        self.server.server_close()
        with self.assertLogs(self.app.logger):
            page = self.client.get("/dropbox").text
        self.assertIn("Dropbox does not answer", page)

    def test_two_applications_ask_with_their_own_keys(self) -> None:
        other = create_app(TEST_SETTINGS, **SETTINGS | {"DROPBOX_APP_KEY": "other"})
        address = other.test_client().get("/dropbox/link").location or ""
        self.assertIn("client_id=other&", address)
        self.assertEqual("key", self.question()["client_id"])
        self.assertIsNot(self.app.extensions["dropbox"], other.extensions["dropbox"])
