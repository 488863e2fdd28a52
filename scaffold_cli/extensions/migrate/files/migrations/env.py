"""What Alembic runs for each command: it finds the database and the models."""

from logging.config import fileConfig

from alembic import context
from alembic.operations import MigrationScript
from alembic.runtime.migration import MigrationContext
from flask import current_app

from {{ cookiecutter.package }} import models  # noqa: F401  (fills the metadata)
from {{ cookiecutter.package }}.extensions import db


def skip_empty(
    running: MigrationContext, revision: object, directives: list[MigrationScript]
) -> None:
    """Have ``db migrate`` write no migration when nothing has changed."""
    migrating = getattr(context.config.cmd_opts, "autogenerate", False)
    upgrade = directives[0].upgrade_ops
    if migrating and upgrade is not None and upgrade.is_empty():
        directives.clear()


def run_offline() -> None:
    """Print the SQL instead of running it (``db upgrade --sql``)."""
    context.configure(
        url=db.engine.url,
        target_metadata=db.metadata,
        literal_binds=True,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    """Run the migrations in the application's database."""
    with db.engine.connect() as connection:
        # slot: migrating
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            process_revision_directives=skip_empty,
            **current_app.extensions["migrate"].configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()


if context.config.config_file_name and not current_app.testing:
    fileConfig(context.config.config_file_name, disable_existing_loggers=False)

if context.is_offline_mode():
    run_offline()
else:
    run_online()
