"""``scaffold info``: all about one extension."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import click

from .. import pins
from ..catalog import Catalog
from ..extension import Extension, Option
from ..plugins import open_catalog


@click.command("info")
@click.argument("name", metavar="EXT")
@click.option("--catalog", metavar="DIR", multiple=True, help="More extensions, in this folder.")
@click.option("--json", "as_json", is_flag=True, help="Print an object.")
def command(name: str, catalog: tuple[str, ...], as_json: bool) -> None:
    """Show what an extension does, needs, reads from the environment, and brings.

    EXT is its name, or one that it replaces, as Flask-Redis.
    """
    entries = open_catalog(catalog)
    extension, reason = entries.find(name)
    facts = _facts(extension, entries)
    if as_json:
        click.echo(json.dumps(facts, indent=2))
        return
    if reason:
        click.echo(reason, err=True)
    for line in _lines(extension, facts):
        click.echo(line)


def _facts(extension: Extension, catalog: Catalog) -> dict[str, Any]:
    shown = ("id", "group", "title", "summary", "docs", "multi_app")
    facts: dict[str, Any] = {key: getattr(extension, key) for key in shown}
    brought = [e.id for e in catalog.resolve([extension.id]) if e.id != extension.id]
    return {
        **facts,
        "replaces": list(extension.replaces),
        "requires": brought,
        "conflicts": dict(extension.conflicts),
        "versions": _versions(extension),
        "settings": {s.env: {"default": s.default, "help": s.help} for s in extension.settings},
        "options": {name: option._asdict() for name, option in extension.options.items()},
    }


def _versions(extension: Extension) -> Mapping[str, str]:
    """Return the pinned version of each package it requires; those of others are not pinned."""
    tested = pins.tested()
    unknown = tested.unknown(extension.requirements)
    wanted = {pins.normalize(r).partition("[")[0] for r in extension.requirements}
    known = tested.versions(r for r in extension.requirements if r not in unknown)
    return {name: version for name, version in known.items() if name in wanted}


def _lines(extension: Extension, facts: Mapping[str, Any]) -> Iterator[str]:
    yield click.style(extension.title, bold=True) + f"  ({extension.id}, {extension.group})"
    yield extension.summary
    yield ""
    rows = {
        "Docs": extension.docs,
        "Brings": ", ".join(f"{name} {version}" for name, version in facts["versions"].items()),
        "Needs": ", ".join(facts["requires"]),
        "Not with": ", ".join(facts["conflicts"]),
        "Replaces": ", ".join(facts["replaces"]),
        "Two apps": "one object serves several" if extension.multi_app else "an object each",
    }
    for label, text in rows.items():
        if text:
            yield f"{label:>9}  {text}"
    yield from _table(
        "Settings", {s.env: _described(s.help, s.default) for s in extension.settings}
    )
    yield from _table("Options", {name: _offered(o) for name, o in extension.options.items()})


def _table(title: str, rows: Mapping[str, str]) -> Iterator[str]:
    if rows:
        yield f"\n{title}"
        width = max(map(len, rows))
        yield from (f"  {key:<{width}}  {text}" for key, text in rows.items())


def _described(help_: str, default: object) -> str:
    return help_ if default == "" else f"{help_} [{default}]"


def _offered(option: Option) -> str:
    return f"{' | '.join(option.choices)}  {_described(option.help, option.default)}"
