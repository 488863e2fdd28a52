"""The server that the database is on, which may be out of reach."""

from peewee import OperationalError

from .extensions import db


def connection_error() -> str:
    """Return why the database does not answer; nothing if it does."""
    try:
        db.execute_sql("SELECT 1")
    except OperationalError as error:
        return str(error)
    return ""
