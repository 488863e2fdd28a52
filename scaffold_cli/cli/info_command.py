"""``scaffold info``: all about one extension."""

import json
import os
from collections.abc import Iterator, Mapping
from typing import Any

import click

from ..catalog import base, group_title
from ..extension import Extension, Option
from ..facts import facts
from ..verified import WORKS
from .catalogs import open_in
from .output import wrapped


@click.command("info")
@click.argument("name", metavar="EXT")
@click.option("--catalog", metavar="DIR", multiple=True, help="More extensions, in this folder.")
@click.option("--json", "as_json", is_flag=True, help="Print an object.")
def command(name: str, catalog: tuple[str, ...], as_json: bool) -> None:
    """Show what an extension does, needs, reads from the environment, and brings.

    EXT is its name, or one that it replaces, as Flask-Redis.
    """
    entries = open_in(os.curdir, catalog)
    extension, reason = entries.find(name)
    if as_json:
        click.echo(json.dumps({**facts(extension, entries), "reason": reason}, indent=2))
        return
    if extension == base() and reason:
        click.echo(reason)
        return
    if reason:
        click.echo(reason, err=True)
    for line in _lines(extension, facts(extension, entries)):
        click.echo(line)


def _lines(extension: Extension, known: Mapping[str, Any]) -> Iterator[str]:
    yield click.style(extension.title, bold=True) + f"  ({extension.id})"
    yield extension.summary
    yield ""
    brings = {**known["versions"], **{k: f"{v} (dev)" for k, v in known["dev_versions"].items()}}
    rows = {
        "Group": f"{group_title(extension.group)} ({extension.group})",
        "Docs": extension.docs,
        "Brings": ", ".join(f"{name} {version}" for name, version in brings.items()),
        "Needs": ", ".join(known["requires"]),
        "Role": extension.provides and f"{extension.provides}: a project has one at most",
        "Replaces": ", ".join(known["replaces"]),
        "Two apps": _two_apps(extension),
        "Commands": ", ".join(f"manage.py {name}" for name in known["commands"]),
        "Released": _released(known["verified"]),
        "Verified": _verified(known["verified"]),
    }
    for label, text in rows.items():
        if text:
            yield from wrapped(f"{label:>9}  ", text)
    yield from _table("Not with", known["conflicts"])
    yield from _table("Processes", _processes(extension))
    yield from _table(
        "Settings", {s.env: _described(s.help, s.default) for s in extension.settings if s.show}
    )
    yield from _table("Options", {name: _offered(o) for name, o in extension.options.items()})


def _two_apps(extension: Extension) -> str:
    if not extension.wire:
        return ""
    return "one object serves several" if extension.multi_app else "an object each"


def _released(trial: Mapping[str, str] | None) -> str:
    """Tell the newest release there was at the last trial."""
    if not trial or not trial["package"]:
        return ""
    month = f" of {trial['released']}" if trial["released"] else ""
    return f"{trial['package']} {trial['version']}{month}"


def _verified(trial: Mapping[str, str] | None) -> str:
    if not trial:
        return ""
    told = "works" if trial["result"] == WORKS else f"FAILS: {trial['result']}"
    return f"{trial['verified']} with Flask {trial['flask']}: {told}"


def _processes(extension: Extension) -> dict[str, str]:
    return {
        name: command.replace("{{ cookiecutter.package }}", "PACKAGE")
        for name, command in extension.processes.items()
    }


def _table(title: str, rows: Mapping[str, str]) -> Iterator[str]:
    if rows:
        yield f"\n{title}"
        column = max(map(len, rows))
        for key, text in rows.items():
            yield from wrapped(f"  {key:<{column}}  ", text)


def _described(help_: str, default: object) -> str:
    return help_ if default == "" else f"{help_} [{default}]"


def _offered(option: Option) -> str:
    return f"{' | '.join(option.choices)}  {_described(option.help, option.default)}"
