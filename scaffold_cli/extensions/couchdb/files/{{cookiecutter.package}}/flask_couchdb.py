"""CouchDB as a Flask extension."""

from flask import Flask, current_app
from requests import ConnectionError, Timeout

from .core.outages import add_outage
from .core.readiness import add_need
from .couch import Database, Document, MemoryDatabase, ServerDatabase


class CouchDB:
    """The CouchDB database of the current application.

    One object may serve several applications: each has a database of its own, in
    ``app.extensions["couchdb"]``.
    """

    def init_app(self, app: Flask) -> None:
        """Make the application's database, as its ``COUCHDB_URL`` says."""
        database = app.extensions["couchdb"] = connect(app)
        add_need(app, "couchdb", lambda: database.get("readyz"))
        add_outage(app, ConnectionError, Timeout)

    @property
    def database(self) -> Database:
        """The database itself."""
        database: Database = current_app.extensions["couchdb"]
        return database

    def get(self, key: str) -> Document | None:
        """Return the document with this key, or None."""
        return self.database.get(key)

    def save(self, document: Document) -> Document:
        """Keep a new document, or the next revision of one, and return it."""
        return self.database.save(document)

    def delete(self, document: Document) -> None:
        """Forget a document."""
        self.database.delete(document)

    def all(self, prefix: str = "") -> list[Document]:
        """Return the documents whose keys begin with a prefix, in order of their keys."""
        return self.database.all(prefix)


def connect(app: Flask) -> Database:
    """Return the database that the settings name; a server is not asked yet."""
    url: str = app.config["COUCHDB_URL"]
    if url.startswith("memory://"):
        return MemoryDatabase()
    return ServerDatabase(url, app.name, app.config["COUCHDB_TIMEOUT"])
