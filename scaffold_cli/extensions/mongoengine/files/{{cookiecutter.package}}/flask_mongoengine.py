"""MongoEngine as a Flask extension."""

from typing import Any, ClassVar, NamedTuple

import mongoengine
from flask import Flask, current_app
from pymongo.collection import Collection
from pymongo.database import Database
from werkzeug.local import LocalProxy

from .mongodb import database_of


class Binding(NamedTuple):
    """What an application has: its database, and the collections that are ready."""

    database: Database[dict[str, Any]]
    collections: dict[type, Collection[dict[str, Any]]]


class MongoEngine:
    """Keeps the documents of each application in a database of its own.

    One object may serve several applications: what each has is in
    ``app.extensions["mongoengine"]``. MongoEngine itself has one registry of
    connections for all; what stands in it leads to the current application's.
    """

    def __init__(self) -> None:
        mongoengine.disconnect()
        mongoengine.connect(
            mongo_client_class=CurrentClient, uuidRepresentation="standard"
        )

    def init_app(self, app: Flask) -> None:
        """Make the application's client, as its ``MONGO_URI`` says."""
        app.extensions["mongoengine"] = Binding(database_of(app), {})


class CurrentClient:
    """Stands for a client whose every database is that of the current application."""

    def __init__(self, **options: object) -> None:
        """Take the options of a client, of which none is needed."""

    def __getitem__(self, name: str) -> Database[dict[str, Any]]:
        """Return the database of whichever application is the current one by then."""
        return LocalProxy(lambda: binding().database)  # type: ignore[return-value]

    def close(self) -> None:
        """Do nothing: the clients belong to the applications."""


class Document(mongoengine.Document):
    """What every document inherits from: ``class Article(Document)``."""

    meta: ClassVar[dict[str, object]] = {"abstract": True}

    @classmethod
    def _get_collection(cls) -> Collection[dict[str, Any]]:
        """Return its collection, made ready the first time in an application.

        MongoEngine would keep it in the class, for all applications.
        """
        collections = binding().collections
        if cls not in collections:
            collections[cls] = cls._get_db()[cls._get_collection_name()]
            cls._collection = None
            super()._get_collection()  # makes its indexes
        return collections[cls]


def binding() -> Binding:
    """Return what the current application has."""
    found: Binding = current_app.extensions["mongoengine"]
    return found
