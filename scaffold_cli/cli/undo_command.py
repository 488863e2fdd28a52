"""``scaffold undo``: take back the last change."""

import os

import click

from ..project import find, undoing
from . import changing


@click.command("undo")
@click.option("--dry-run", is_flag=True, help="Show the plan; write nothing.")
@click.option("--diff", is_flag=True, help="Show what would change; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
@click.option("-y", "--yes", is_flag=True, help="Ask nothing.")
def command(dry_run: bool, diff: bool, as_json: bool, yes: bool) -> None:
    """Take back the last add, remove, set or update; again, the one before. What you wrote stays."""
    root = find(os.curdir)
    chosen = changing.Flags((), yes, dry_run, diff, as_json, install=False)
    changing.apply(root, chosen, lambda: undoing(root))
