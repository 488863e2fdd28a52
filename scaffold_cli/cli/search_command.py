"""``scaffold search``: extensions by words."""

import json
import os
from collections.abc import Iterator

import click

from ..catalog import base, groups
from ..errors import CatalogError
from ..search import Match, nearest, search
from .catalogs import open_in
from .output import wrapped


@click.command("search")
@click.argument("words", metavar="WORD...", nargs=-1, required=True)
@click.option("--catalog", metavar="DIR", multiple=True, help="More extensions, in this folder.")
@click.option("--json", "as_json", is_flag=True, help="Print an array of objects, the best first.")
def command(words: tuple[str, ...], catalog: tuple[str, ...], as_json: bool) -> None:
    """Find extensions by words: in names and the names they replace, in what they do, read and bring.

    \b
    scaffold search background tasks
    scaffold search Flask-Cache
    """
    extensions = [*open_in(os.curdir, catalog), base()]
    found = search(words, extensions, groups())
    if as_json:
        click.echo(json.dumps([_to_json(match) for match in found], indent=2))
        return
    if not found:
        near = nearest(words, extensions, groups())
        hint = f"Did you mean {' '.join(near)}?" if near else "See all: scaffold list"
        raise CatalogError(f"Nothing fits {' '.join(words)!r}.", hint)
    for line in _lines(found):
        click.echo(line)


def _to_json(match: Match) -> dict[str, str]:
    shown = ("id", "group", "title", "summary")
    facts = {key: getattr(match.extension, key) for key in shown}
    return {**facts, "known": match.known, "reason": match.reason}


def _lines(found: list[Match]) -> Iterator[str]:
    width = max(len(match.extension.id) for match in found)
    for match in found:
        entry = match.extension
        label = f"{entry.id:<{width}}  "
        first, *more = wrapped(label, f"{entry.title}: {entry.summary}")
        yield click.style(first[: len(entry.id)], bold=True) + first[len(entry.id) :]
        yield from more
        if match.reason:
            yield from wrapped(" " * len(label), match.reason)
