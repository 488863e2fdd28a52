"""``scaffold diff``: what a project's owner has changed."""

import os

import click

from .. import state, workspace
from ..plan import Plan, Step
from ..project import find, standing
from .output import show_diff


@click.command("diff")
@click.argument("paths", metavar="[PATH]...", nargs=-1)
def command(paths: tuple[str, ...]) -> None:
    """Show what you changed in the files that scaffold made.

    What an update would do: scaffold update --diff
    """
    root = find(os.curdir)
    record = state.read(root)
    chosen = [
        path for path, word in standing(root, record).items() if word in ("edited", "missing")
    ]
    if paths:
        wanted = {os.path.relpath(path, root).replace(os.sep, "/") for path in paths}
        chosen = [
            p for p in chosen if any(p == w or w == "." or p.startswith(f"{w}/") for w in wanted)
        ]
    now = workspace.read(root, chosen)
    steps = (
        Step("update", path, record.tree[path].owner, record.tree[path].content, now.get(path))
        for path in chosen
    )
    show_diff(Plan(tuple(steps)))
