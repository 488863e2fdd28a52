"""``scaffold list``: the extensions, by group."""

import json
import os
from collections.abc import Iterable, Iterator

import click

from ..answers import presets
from ..catalog import by_group, group_title
from ..errors import CatalogError
from ..extension import Extension
from .catalogs import open_in
from .output import wrapped
from .selection import DEFAULT_PRESET

LEGEND = (
    f"* in a new project unless left out: the preset {DEFAULT_PRESET}",
    "[role] a project has at most one of each role",
    "scaffold search WORD finds one, scaffold info EXT tells all about it",
)


@click.command("list")
@click.option("--group", metavar="GROUP", help="Only this group.")
@click.option("--catalog", metavar="DIR", multiple=True, help="More extensions, in this folder.")
@click.option("--json", "as_json", is_flag=True, help="Print an array of objects.")
def command(group: str | None, catalog: tuple[str, ...], as_json: bool) -> None:
    """Show the extensions that an application can have, by group."""
    grouped = by_group(open_in(os.curdir, catalog))
    if group is not None:
        names = [name for name, _ in grouped]
        if group not in names:
            raise CatalogError(f"There is no group {group!r}.", f"The groups: {', '.join(names)}")
        grouped = [(name, members) for name, members in grouped if name == group]
    entries = [entry for _, members in grouped for entry in members]
    if as_json:
        shown = ("id", "group", "title", "summary", "docs", "requires")
        data = [{key: getattr(e, key) for key in shown} | _marks(e) for e in entries]
        click.echo(json.dumps(data, indent=2))
        return
    width = max((len(entry.id) for entry in entries), default=0)
    for name, members in grouped:
        click.echo(click.style(group_title(name), bold=True) + click.style(f"  {name}", dim=True))
        for line in _lines(members, width):
            click.echo(line)
        click.echo()
    for line in LEGEND:
        click.secho(line, dim=True)


def _marks(entry: Extension) -> dict[str, str | bool]:
    return {"role": entry.provides, "default": entry.id in presets()[DEFAULT_PRESET]}


def _lines(members: Iterable[Extension], width: int) -> Iterator[str]:
    for entry in members:
        mark = "*" if _marks(entry)["default"] else " "
        role = f" [{entry.provides}]" if entry.provides else ""
        yield from wrapped(f"{mark} {entry.id:<{width}}  ", entry.summary + role)
