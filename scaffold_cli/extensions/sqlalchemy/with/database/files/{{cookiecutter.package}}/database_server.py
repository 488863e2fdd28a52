"""The server that the database is on, which may be out of reach."""

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from .database_timeouts import MOST_CONNECTIONS
from .extensions import db


def connection_error() -> str:
    """Return why the database does not answer; nothing if it does."""
    try:
        with db.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except OperationalError as error:
        return str(error.orig)
    return ""


def most_connections() -> int | None:
    """Return how many connections the server takes, if it is one, and answers."""
    if db.engine.dialect.name == "sqlite":
        return None
    try:
        most: int | None = db.session.scalar(text(MOST_CONNECTIONS))
    except OperationalError:
        return None
    return most
