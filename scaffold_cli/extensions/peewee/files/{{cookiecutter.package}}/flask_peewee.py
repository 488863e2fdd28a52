"""Peewee as a Flask extension."""

import peewee
from flask import Flask, current_app
from playhouse.pool import MaxConnectionsExceeded, PooledDatabase

from .core.outages import add_outage
from .core.readiness import add_need
from .database import connect


class Peewee(peewee.DatabaseProxy):
    """The database of the current application, used as if it were the database itself.

    One object may serve several applications: each has a database of its own in
    ``app.extensions["peewee"]``, and models follow the current application.
    """

    def init_app(self, app: Flask) -> None:
        """Make the application's database, as its ``DATABASE_URL`` says."""
        app.extensions["peewee"] = connect(app)
        app.teardown_appcontext(close)
        add_need(app, "database", self.ask)
        add_outage(app, self.is_outage, MaxConnectionsExceeded)

    @property
    def obj(self) -> peewee.Database | None:
        """The current application's database; None while models are being defined."""
        return current_app.extensions["peewee"] if current_app else None

    def initialize(self, obj: object) -> None:
        """Do nothing: which database it is depends on the application."""

    def ask(self) -> None:
        """Have the database answer over a connection of its own; raise if it does not."""
        with self.connection_context():
            self.execute_sql("SELECT 1")

    def is_outage(self, error: Exception) -> bool:
        """Tell whether the database cannot be reached, or was lost meanwhile."""
        signs = (peewee.OperationalError, peewee.InterfaceError)
        return isinstance(error, signs) and not self.is_connection_usable()

    def dispose(self) -> None:
        """Close all connections of the current application."""
        self.close()
        if isinstance(self.obj, PooledDatabase):
            self.obj.close_all()


def close(error: BaseException | None) -> None:
    """Close the connection that a request or a command has used, or give it back."""
    database = current_app.extensions["peewee"]
    # With its only connection, a database in memory would be gone.
    if database.database != ":memory:" and not database.is_closed():
        database.close()
