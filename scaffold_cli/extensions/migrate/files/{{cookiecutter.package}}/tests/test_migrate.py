"""The migrations make the very tables that the models describe."""

import io
import shutil
import tempfile
from contextlib import redirect_stdout
from pathlib import Path
from unittest.mock import patch

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from flask_migrate import downgrade, migrate, upgrade
from sqlalchemy import inspect

from ..extensions import db
from ..migration_checks import pending_migrations
from ..settings import ROOT
from .base import AppTestCase


class MigrationsTest(AppTestCase):
    """All commands work on a copy of ``migrations/``, in an empty database."""

    def setUp(self) -> None:
        """Start without tables, and with the migrations that there are."""
        super().setUp()
        db.drop_all()
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.migrations = Path(folder, "migrations")
        shutil.copytree(ROOT / "migrations", self.migrations)
        self.addCleanup(downgrade, self.migrations, revision="base")

    def test_upgrade_and_a_new_migration_give_what_the_models_say(self) -> None:
        upgrade(self.migrations)
        self.make_migration()
        upgrade(self.migrations)
        self.assertEqual([], self.difference())

    def test_a_second_migration_finds_nothing_to_do(self) -> None:
        upgrade(self.migrations)
        self.make_migration()
        upgrade(self.migrations)
        before = self.versions()
        self.make_migration()
        self.assertEqual(before, self.versions())

    def test_downgrade_leaves_no_table(self) -> None:
        upgrade(self.migrations)
        self.make_migration()
        upgrade(self.migrations)
        downgrade(self.migrations, revision="base")
        self.assertEqual(["alembic_version"], inspect(db.engine).get_table_names())

    def test_a_migration_that_is_pending_is_found(self) -> None:
        upgrade(self.migrations)
        self.make_migration()
        upgrade(self.migrations)
        bound = self.app.extensions["migrate"].migrate
        self.enterContext(patch.object(bound, "directory", str(self.migrations)))
        self.assertEqual([], list(pending_migrations(self.app)))
        downgrade(self.migrations, revision="base")
        self.assertEqual(["error"], [f.level for f in pending_migrations(self.app)])

    def make_migration(self) -> None:
        """Write a migration of whatever the database lacks, without Alembic's chat."""
        with redirect_stdout(io.StringIO()):
            migrate(self.migrations, message="the rest")

    def versions(self) -> list[Path]:
        """Return the files of all migrations."""
        return sorted(self.migrations.glob("versions/*.py"))

    def difference(self) -> list[object]:
        """Compare the database with the models."""
        with db.engine.connect() as connection:
            context = MigrationContext.configure(connection)
            return list(compare_metadata(context, db.metadata))
