"""The command that removes compiled files."""

import os
from pathlib import Path

import click

from .commands import Command


class Clean(Command):
    """Remove compiled files (*.pyc, *.pyo) in this folder and below.

    Hidden folders, such as .venv and .git, are left alone.
    """

    def run(self) -> None:
        """Remove them, and folders that are empty then."""
        for folder, folders, files in os.walk("."):
            folders[:] = [name for name in folders if not name.startswith(".")]
            for path in (Path(folder, name) for name in files):
                if path.suffix in (".pyc", ".pyo"):
                    click.echo(f"Removing {path}")
                    path.unlink()
            if Path(folder).name == "__pycache__" and not any(Path(folder).iterdir()):
                Path(folder).rmdir()
