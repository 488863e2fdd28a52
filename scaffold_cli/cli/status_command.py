"""``scaffold status``: what a project is made of, and what its owner has changed."""

import json
import os
from collections.abc import Mapping
from typing import Any, get_args

import click

from .. import __version__, history, state
from ..project import Standing, as_before, find, standing
from ..state import Record
from .output import status


@click.command("status")
@click.option("--all", "everything", is_flag=True, help="Show the pristine files, too.")
@click.option("--check", is_flag=True, help="Fail if an update or an unfinished change waits.")
@click.option("--json", "as_json", is_flag=True, help="Print an object.")
def command(everything: bool, check: bool, as_json: bool) -> None:
    """Show the project in this folder: extensions, version, files that you changed, what is unfinished."""
    root = find(os.curdir)
    entry = history.unfinished(root)
    written = as_before(root, entry) if entry else {}
    record = state.read(root, written)
    files = standing(root, record, written)
    if as_json:
        click.echo(json.dumps(_facts(record, files, entry), indent=2))
    else:
        _show(record, files if everything else _changed(files))
        told = [f"{list(files.values()).count(word)} {word}" for word in get_args(Standing)]
        status("files", ", ".join(told))
        if entry:
            _show_unfinished(entry)
    if check and (entry or record.version != __version__):
        raise click.exceptions.Exit(1)


def _facts(
    record: Record, files: Mapping[str, Standing], entry: history.Entry | None
) -> Mapping[str, Any]:
    unfinished = entry and {
        "command": entry.command,
        "phase": entry.phase,
        "conflicts": entry.conflicts,
    }
    return {
        "schema": "scaffold/status/1",
        "version": record.version,
        "current": record.version == __version__,
        "extensions": record.answers.extensions,
        "deploy": record.answers.deploy,
        "files": files,
        "unfinished": unfinished,
    }


def _changed(files: Mapping[str, Standing]) -> Mapping[str, Standing]:
    return {path: word for path, word in files.items() if word != "pristine"}


def _show(record: Record, files: Mapping[str, Standing]) -> None:
    is_current = record.version == __version__
    behind = "" if is_current else f"this is scaffold {__version__}: scaffold update"
    status("made", f"by scaffold {record.version}", behind)
    asked = " ".join(record.answers.extensions) or "no extensions"
    status("with", asked, f"deploy={record.answers.deploy}")
    for path, word in files.items():
        status(word, path)


def _show_unfinished(entry: history.Entry) -> None:
    if entry.phase == "conflict":
        for path in entry.conflicts:
            status("conflict", path)
        status("waits", entry.command, "mend them, then: scaffold continue, or scaffold abort")
    else:
        status("stopped", entry.command, "scaffold continue, or scaffold abort")
