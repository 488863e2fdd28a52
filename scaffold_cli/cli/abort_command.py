"""``scaffold abort``: take back a change that is not finished."""

import os

import click

from .. import history
from ..project import find, give_up
from .output import status


@click.command("abort")
def command() -> None:
    """Take back a change that was interrupted, or that has left conflicts."""
    root = find(os.curdir)
    with history.locked(root):
        entry = history.unfinished(root)
        if entry is None:
            click.echo("Nothing to abort.")
            return
        aside = give_up(root, entry)
    for path in aside:
        status("keep", path, "as you had it")
    status("aborted", entry.command)
