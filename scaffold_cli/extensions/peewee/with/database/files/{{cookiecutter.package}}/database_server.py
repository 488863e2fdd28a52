"""The server that the database is on, which may be out of reach."""

from peewee import OperationalError, SqliteDatabase

from .database_timeouts import MOST_CONNECTIONS
from .extensions import db


def connection_error() -> str:
    """Return why the database does not answer; nothing if it does."""
    try:
        db.execute_sql("SELECT 1")
    except OperationalError as error:
        return str(error)
    return ""


def most_connections() -> int | None:
    """Return how many connections the server takes, if it is one, and answers."""
    if isinstance(db.obj, SqliteDatabase):
        return None
    try:
        return int(db.execute_sql(MOST_CONNECTIONS).fetchone()[0])
    except OperationalError:
        return None
