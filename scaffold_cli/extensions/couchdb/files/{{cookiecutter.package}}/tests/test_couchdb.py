"""Notes are kept as documents of CouchDB, in memory and on a server."""

import io
import json
from contextlib import redirect_stdout
from threading import Thread
from unittest import TestCase

import requests
from flask import Flask, abort, request
from flask.typing import ResponseReturnValue
from werkzeug.serving import make_server

from ..app import create_app
from ..couch import ConflictError, Database, MemoryDatabase, ServerDatabase, answer
from ..extensions import couchdb
from ..manage import write_note
from .base import TEST_SETTINGS, AppTestCase
from .servers import ReadinessTestCase


class NotesTest(AppTestCase):
    def test_a_note_is_shown(self) -> None:
        self.write("about <us>", "First.\n\nSecond.")
        html = self.client.get("/notes/about%20%3Cus%3E").get_data(as_text=True)
        self.assertIn("<h1>about &lt;us&gt;</h1>", html)
        self.assertIn("<p>First.</p>\n", html)
        self.assertIn("<p>Second.</p>\n", html)

    def test_a_note_that_is_not_there_is_not_found(self) -> None:
        self.assertEqual(404, self.client.get("/notes/none").status_code)

    def test_notes_are_listed_and_nothing_else(self) -> None:
        self.assertIn("None yet", self.client.get("/notes/").get_data(as_text=True))
        self.write("hours", "9 to 5")
        couchdb.save({"_id": "order:1"})
        html = self.client.get("/notes/").get_data(as_text=True)
        self.assertIn('<a href="/notes/hours">hours</a>', html)
        self.assertNotIn("order", html)

    def test_a_note_that_is_written_again_is_its_next_revision(self) -> None:
        printed = self.write("hours", "9 to 5")
        self.assertIn("Written: /notes/hours, revision 1-", printed)
        self.assertIn("revision 2-", self.write("hours", "10 to 6"))
        html = self.client.get("/notes/hours").get_data(as_text=True)
        self.assertIn("<p>10 to 6</p>", html)
        self.assertIn("Revision 2,", html)

    def test_two_applications_have_a_database_each(self) -> None:
        self.write("here", "Here only")
        with create_app(**TEST_SETTINGS).app_context():
            self.assertEqual([], couchdb.all())
            self.write("there", "There only")
        self.assertEqual(["note:here"], [note["_id"] for note in couchdb.all()])

    def write(self, name: str, text: str) -> str:
        """Write a note and return what is printed."""
        with redirect_stdout(io.StringIO()) as output:
            write_note(name, text)
        return output.getvalue()


class MemoryTest(TestCase):
    def setUp(self) -> None:
        """Start with nothing."""
        self.database: Database = MemoryDatabase()

    def test_documents_are_saved_changed_listed_and_deleted(self) -> None:
        self.assertIsNone(self.database.get("a:1/x"))
        self.assertEqual([], self.database.all())
        first = self.database.save({"_id": "a:1/x", "tags": ["ä"]})
        self.assertEqual(first, self.database.get("a:1/x"))
        second = self.database.save({**first, "tags": []})
        other = self.database.save({"_id": "b:1"})
        self.assertEqual([second], self.database.all("a:"))
        self.assertEqual([second, other], self.database.all())
        self.database.delete(second)
        self.assertIsNone(self.database.get("a:1/x"))

    def test_who_has_read_an_older_revision_changes_nothing(self) -> None:
        first = self.database.save({"_id": "a", "text": "first"})
        second = self.database.save({**first, "text": "second"})
        for change in (first, {"_id": "a"}):
            with self.assertRaises(ConflictError):
                self.database.save(change)
        with self.assertRaises(ConflictError):
            self.database.delete(first)
        self.assertEqual(second, self.database.get("a"))


class ServerTest(MemoryTest):
    """All of the same on a server."""

    def setUp(self) -> None:
        """Start with a server that has no database yet."""
        server = make_server("127.0.0.1", 0, couchdb_server(), threaded=True)
        Thread(target=server.serve_forever).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        url = f"http://ada:s%23cret@127.0.0.1:{server.server_port}/shop"
        self.database = self.server_database = ServerDatabase(url, "app", timeout=5)
        self.addCleanup(self.server_database.session.close)

    def test_the_password_is_in_no_message(self) -> None:
        self.assertNotIn("cret", self.server_database.url)
        with self.assertRaises(requests.HTTPError) as caught:
            answer(self.server_database.send("GET", "none"))
        self.assertNotIn("cret", str(caught.exception))

    def test_a_database_without_a_name_is_named_as_the_application(self) -> None:
        database = ServerDatabase("http://couch.example:5984", "app", timeout=5)
        self.assertEqual("http://couch.example:5984/app", database.url)


def couchdb_server() -> Flask:
    """Return an application that answers as CouchDB does."""
    app = Flask("couchdb")
    databases: dict[str, MemoryDatabase] = {}

    @app.before_request
    def log_in() -> None:
        login = request.authorization
        if login is None or (login.username, login.password) != ("ada", "s#cret"):
            abort(401)

    @app.errorhandler(KeyError)
    def not_found(error: KeyError) -> ResponseReturnValue:
        return {"error": "not_found"}, 404

    @app.errorhandler(ConflictError)
    def conflict(error: ConflictError) -> ResponseReturnValue:
        return {"error": "conflict"}, 409

    @app.put("/<name>")
    def make(name: str) -> ResponseReturnValue:
        databases[name] = MemoryDatabase()
        return {"ok": True}, 201

    @app.get("/<name>/_all_docs")
    def all_docs(name: str) -> ResponseReturnValue:
        prefix = json.loads(request.args["startkey"])
        return {"rows": [{"doc": doc} for doc in databases[name].all(prefix)]}

    @app.get("/<name>/<path:key>")
    def get(name: str, key: str) -> ResponseReturnValue:
        return databases[name].get(key) or abort(404)

    @app.put("/<name>/<path:key>")
    def save(name: str, key: str) -> ResponseReturnValue:
        return {"rev": databases[name].save(request.get_json())["_rev"]}, 201

    @app.delete("/<name>/<path:key>")
    def delete(name: str, key: str) -> ResponseReturnValue:
        databases[name].delete({"_id": key, "_rev": request.args["rev"]})
        return {"ok": True}

    return app


class CouchReadinessTest(ReadinessTestCase):
    def test_a_server_that_does_not_answer_is_noticed(self) -> None:
        self.assert_noticed("couchdb", COUCHDB_URL="http://127.0.0.1:{port}/shop")
