"""Short links are kept in MongoDB, and two applications don't share them."""

import io
from contextlib import redirect_stdout

from ..app import create_app
from ..extensions import mongo
from ..manage import add_link
from ..mongodb import connect
from .base import TEST_SETTINGS, AppTestCase
from .servers import ReadinessTestCase

URL = "https://flask.palletsprojects.com"


class LinksTest(AppTestCase):
    def test_a_link_leads_on_and_counts_its_clicks(self) -> None:
        self.assertEqual("Added: /links/flask\n", self.add("flask"))
        for _ in range(2):
            response = self.client.get("/links/flask")
            self.assertEqual((302, URL), (response.status_code, response.location))
        html = self.client.get("/links/").get_data(as_text=True)
        self.assertIn(f"leads to {URL}: followed 2 time(s)", html)

    def test_a_link_that_is_not_there_is_not_found(self) -> None:
        self.assertEqual(404, self.client.get("/links/none").status_code)
        html = self.client.get("/links/").get_data(as_text=True)
        self.assertIn("None yet", html)

    def test_a_link_that_is_added_again_keeps_its_clicks(self) -> None:
        self.add("flask")
        self.client.get("/links/flask")
        self.add("flask", "https://example.com/new")
        link = mongo["links"].find_one({"_id": "flask"})
        expected = {"_id": "flask", "url": "https://example.com/new", "clicks": 1}
        self.assertEqual(expected, link)

    def test_two_applications_have_a_database_each(self) -> None:
        self.add("here")
        with create_app(**TEST_SETTINGS).app_context():
            self.assertEqual(0, mongo["links"].count_documents({}))
            self.add("there")
        names = [link["_id"] for link in mongo["links"].find()]
        self.assertEqual(["here"], names)

    def add(self, name: str, url: str = URL) -> str:
        """Add a link and return what is printed."""
        with redirect_stdout(io.StringIO()) as output:
            add_link(name, url)
        return output.getvalue()


class ClientTest(AppTestCase):
    def test_a_server_is_reached_by_its_address(self) -> None:
        client = connect("mongodb://ada:secret@mongo.example:27018/shop", timeout=2)
        self.addCleanup(client.close)
        self.assertEqual("shop", client.get_default_database("app").name)
        self.assertEqual(2, client.options.server_selection_timeout)


class MongoReadinessTest(ReadinessTestCase):
    def test_a_server_that_does_not_answer_is_noticed(self) -> None:
        uri = "mongodb://127.0.0.1:{port}/shop"
        for app in self.assert_noticed("mongodb", MONGO_URI=uri):
            app.extensions["mongodb"].client.close()
