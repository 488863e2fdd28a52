"""The MongoDB database of an application."""

from typing import Any

from flask import Flask
from pymongo import MongoClient
from pymongo.database import Database
from pymongo.errors import ConnectionFailure

from .core.outages import add_outage
from .core.readiness import add_need


def database_of(app: Flask) -> Database[dict[str, Any]]:
    """Return the database that the application's ``MONGO_URI`` names.

    An application has one client, made when it is first asked for.
    """
    if "mongodb" not in app.extensions:
        client = connect(app.config["MONGO_URI"], app.config["MONGO_TIMEOUT"])
        made = app.extensions["mongodb"] = client.get_default_database(app.name)
        add_need(app, "mongodb", lambda: made.command("ping"))
        add_outage(app, ConnectionFailure)
    database: Database[dict[str, Any]] = app.extensions["mongodb"]
    return database


def connect(uri: str, timeout: int) -> MongoClient[dict[str, Any]]:
    """Return a client for an address; it connects at its first command."""
    if uri.startswith("memory://"):
        # Only here, so that an application with a server does without it.
        import mongomock

        return mongomock.MongoClient(tz_aware=True)
    return MongoClient(
        uri,
        connect=False,
        serverSelectionTimeoutMS=timeout * 1000,
        tz_aware=True,
        uuidRepresentation="standard",
    )
