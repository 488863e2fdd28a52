"""Where the database is."""

from pathlib import Path

from flask import Flask
from peewee import Database, SqliteDatabase
from playhouse import db_url


def connect(app: Flask) -> Database:
    """Return the database that the application's ``DATABASE_URL`` names.

    It connects at its first query. Connections to a server are kept in a pool, to
    which ``DATABASE_OPTIONS`` goes; what the address itself says wins.

    :raises RuntimeError: when the address is of no kind that Peewee knows.
    """
    url: str = app.config["DATABASE_URL"]
    if url.startswith("sqlite:"):
        return SqliteDatabase(sqlite_path(app, url), pragmas={"foreign_keys": 1})
    given = db_url.parse(url)
    options = app.config.get("DATABASE_OPTIONS", {}).items()
    database: Database = db_url.connect(
        url.replace("://", "+pool://", 1),
        unquote_user=True,
        unquote_password=True,
        **{key: value for key, value in options if key not in given},
    )
    return database


def sqlite_path(app: Flask, url: str) -> str:
    """Return the path of a SQLite file; a relative one is in the instance folder."""
    name: str = db_url.parse(url)["database"]
    if name == ":memory:":
        return name
    path = Path(app.instance_path, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    return str(path)
