"""``scaffold why``: where a file of a project comes from."""

import os
from collections.abc import Iterator

import click

from .. import state
from ..errors import StateError
from ..project import Project, find, standing
from ..render import render
from ..slots import declared
from ..tree import File
from . import catalogs
from .output import status

POLICIES = {
    "managed": "changes of its template are merged into it",
    "seed": "written once; yours as soon as you change it",
    "derived": "made of fragments; each comes and goes with its extension",
}


@click.command("why")
@click.argument("path")
@click.option("--catalog", metavar="DIR", multiple=True, help="More extensions, in this folder.")
def command(path: str, catalog: tuple[str, ...]) -> None:
    """Tell which extension a file comes from, which fragments it is made of, and what happens to it."""
    root = find(os.path.dirname(os.path.abspath(path)))
    inside = os.path.relpath(path, root).replace(os.sep, "/")
    record = state.read(root)
    if inside not in record.tree:
        raise StateError(
            f"{inside} is yours: scaffold did not make it.", "See: scaffold status --all"
        )
    file = record.tree[inside]
    status("from", file.owner)
    status(file.policy, POLICIES[file.policy])
    status(standing(root, record)[inside], inside)
    project = Project(root, record, catalogs.open_of(root, catalog))
    again = render(record.answers, project.catalog).get(inside, file)
    for place, who in _fragments(again):
        status("slot", place, who)


def _fragments(file: File) -> Iterator[tuple[str, str]]:
    """Yield which slots of a file hold something, and whose fragments, in order."""
    owners: dict[str, list[str]] = {}
    for tag in file.tags:
        slot, _, owner = tag.partition(" ")
        if slot in declared() and owner:
            owners.setdefault(slot, [])
            if owner not in owners[slot]:
                owners[slot].append(owner)
    for slot, found in owners.items():
        yield slot, ", ".join(found)
