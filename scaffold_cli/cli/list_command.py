"""``scaffold list``: the extensions, by group."""

import json
from itertools import groupby

import click

from ..errors import CatalogError
from ..plugins import open_catalog


@click.command("list")
@click.option("--group", metavar="GROUP", help="Only this group.")
@click.option("--catalog", metavar="DIR", multiple=True, help="More extensions, in this folder.")
@click.option("--json", "as_json", is_flag=True, help="Print an array of objects.")
def command(group: str | None, catalog: tuple[str, ...], as_json: bool) -> None:
    """Show the extensions that an application can have, by group."""
    entries = sorted(open_catalog(catalog), key=lambda entry: (entry.group, entry.id))
    groups = sorted({entry.group for entry in entries})
    if group is not None:
        if group not in groups:
            raise CatalogError(f"There is no group {group!r}.", f"The groups: {', '.join(groups)}")
        entries = [entry for entry in entries if entry.group == group]
    if as_json:
        shown = ("id", "group", "title", "summary", "docs", "requires")
        data = [{key: getattr(entry, key) for key in shown} for entry in entries]
        click.echo(json.dumps(data, indent=2))
        return
    width = max((len(entry.id) for entry in entries), default=0)
    for name, members in groupby(entries, key=lambda entry: entry.group):
        click.secho(name, bold=True)
        for entry in members:
            click.echo(f"  {entry.id:<{width}}  {entry.summary}")
