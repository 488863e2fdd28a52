"""The server that the database is on, which may be out of reach."""

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from .extensions import db


def connection_error() -> str:
    """Return why the database does not answer; nothing if it does."""
    try:
        with db.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except OperationalError as error:
        return str(error.orig)
    return ""
