"""Whether the database is as the migrations make it."""

from collections.abc import Iterator

from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from sqlalchemy.exc import OperationalError

from .core.checks import Finding
from .extensions import db


def pending_migrations(app: Flask) -> Iterator[Finding]:
    """Look before a deployment for migrations that the database has not seen."""
    config = app.extensions["migrate"].migrate.get_config()
    newest = set(ScriptDirectory.from_config(config).get_heads())
    try:
        with db.engine.connect() as connection:
            seen = set(MigrationContext.configure(connection).get_current_heads())
    except OperationalError:  # that it does not answer is said by another check
        return
    if seen != newest:
        message = "Migrations are pending: the database is older than the models"
        yield Finding("error", message, "python manage.py release")
