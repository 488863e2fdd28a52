"""``scaffold status``: what a project is made of, and what its owner has changed."""

import json
import os
from typing import get_args

import click

from .. import __version__, history, state
from ..project import Standing, as_before, find, standing
from .output import status


@click.command("status")
@click.option("--all", "everything", is_flag=True, help="Show the pristine files, too.")
@click.option("--json", "as_json", is_flag=True, help="Print an object.")
def command(everything: bool, as_json: bool) -> None:
    """Show the project in this folder: extensions, version, files that you changed, what is unfinished."""
    root = find(os.curdir)
    entry = history.unfinished(root)
    written = as_before(root, entry) if entry else {}
    record = state.read(root, written)
    files = standing(root, record, written)
    is_current = record.version == __version__
    if as_json:
        unfinished = entry and {
            "command": entry.command,
            "phase": entry.phase,
            "conflicts": entry.conflicts,
        }
        facts = {
            "schema": "scaffold/status/1",
            "version": record.version,
            "current": is_current,
            "extensions": record.answers.extensions,
            "deploy": record.answers.deploy,
            "files": files,
            "unfinished": unfinished,
        }
        click.echo(json.dumps(facts, indent=2))
        return
    behind = "" if is_current else f"this is scaffold {__version__}: scaffold update"
    status("made", f"by scaffold {record.version}", behind)
    status(
        "with",
        " ".join(record.answers.extensions) or "no extensions",
        f"deploy={record.answers.deploy}",
    )
    for path, word in files.items():
        if everything or word != "pristine":
            status(word, path)
    told = [f"{list(files.values()).count(word)} {word}" for word in get_args(Standing)]
    status("files", ", ".join(told))
    if entry:
        _show_unfinished(entry)


def _show_unfinished(entry: history.Entry) -> None:
    if entry.phase == "conflict":
        for path in entry.conflicts:
            status("conflict", path)
        status("waits", entry.command, "mend them, then: scaffold continue, or scaffold abort")
    else:
        status("stopped", entry.command, "scaffold continue, or scaffold abort")
