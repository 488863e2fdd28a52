"""``scaffold continue``: finish a change that was interrupted, or whose conflicts are mended."""

import os

import click

from .. import history
from ..errors import ConflictError
from ..project import find, go_on
from .output import status


@click.command("continue")
def command() -> None:
    """Finish a change that was interrupted, or whose conflicts you have mended."""
    root = find(os.curdir)
    with history.locked(root):
        entry = history.unfinished(root)
        if entry is None:
            click.echo("Nothing to continue.")
            return
        entry = go_on(root, entry)
    if entry.phase == "conflict":
        raise ConflictError(
            f"Conflicts in {', '.join(entry.conflicts)}: both sides stand there.",
            "Mend these files, then: scaffold continue. Or go back: scaffold abort",
        )
    status("done", entry.command)
