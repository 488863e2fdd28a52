"""``scaffold continue``: finish a change that was interrupted, or whose conflicts are mended."""

import os

import click

from .. import history, state
from ..project import Project, carry_out, find, go_on, planned, waiting
from . import catalogs
from .output import show_plan, status


@click.command("continue")
def command() -> None:
    """Finish a change that was interrupted, or whose conflicts you have mended."""
    root = find(os.curdir)
    with history.locked(root):
        entry = history.unfinished(root)
        if entry is not None:
            entry = go_on(root, entry)
        elif state.is_torn(root):
            entry = _join(root)
        else:
            click.echo("Nothing to continue.")
            return
    if entry.phase == "conflict":
        raise waiting(entry)
    status("done", entry.command)


def _join(root: str) -> history.Entry:
    """Make one project of two branches that git has merged."""
    project = Project(root, state.read_joined(root), catalogs.open_in(root), is_joined=True)
    change = planned(project, project.record.answers, "continue after a merge of branches")
    show_plan(change.plan)
    return carry_out(root, change)
