"""PyMongo as a Flask extension."""

from typing import Any

from flask import Flask, current_app
from pymongo.collection import Collection
from pymongo.database import Database

from .mongodb import database_of


class Mongo:
    """The MongoDB database of the current application: ``mongo["links"].find()``.

    One object may serve several applications: each has a database and a client of its
    own, in ``app.extensions["pymongo"]``.
    """

    def init_app(self, app: Flask) -> None:
        """Make the application's client, as its ``MONGO_URI`` says."""
        app.extensions["pymongo"] = database_of(app)

    @property
    def database(self) -> Database[dict[str, Any]]:
        """The database itself, for all else that PyMongo can do."""
        database: Database[dict[str, Any]] = current_app.extensions["pymongo"]
        return database

    def __getitem__(self, name: str) -> Collection[dict[str, Any]]:
        """Return a collection."""
        return self.database[name]
