"""All that is known of one extension: what ``scaffold info`` tells."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from . import locations, pins, verified
from .catalog import Catalog, base, roles
from .extension import Extension

_COMMAND = re.compile(r"^@manager\.command\b.*\n(?:@.*\n)*def (\w+)", re.MULTILINE)


def facts(extension: Extension, catalog: Catalog) -> dict[str, Any]:
    """Return what is known of an extension, as JSON data; ``docs/json.md`` describes it."""
    shown = ("id", "group", "title", "summary", "docs", "multi_app", "bound")
    trial = verified.trials().get(extension.id)
    return {
        **{key: getattr(extension, key) for key in shown},
        "role": extension.provides,
        "replaces": list(extension.replaces),
        "requires": [e.id for e in _brought(extension, catalog)],
        "conflicts": conflicts(extension, catalog),
        "versions": _versions(extension, extension.requirements),
        "dev_versions": _versions(extension, extension.dev_requirements),
        "settings": {s.env: {"default": s.default, "help": s.help} for s in extension.settings},
        "options": {name: option._asdict() for name, option in extension.options.items()},
        "commands": commands(extension),
        "processes": dict(extension.processes),
        "verified": trial and trial._asdict(),
    }


def conflicts(extension: Extension, catalog: Catalog) -> dict[str, str]:
    """Return what an extension can't stand beside, to the reason.

    That is what it or another manifest says, and those who play the same role; also what
    the extensions that it names in ``requires`` can't stand beside.
    """
    found: dict[str, str] = {}
    for own in _fixed(extension, catalog):
        for other in catalog:
            if other.id not in (own.id, extension.id):
                reason = _conflict(own, other)
                if reason is not None:
                    found.setdefault(other.id, reason)
    return dict(sorted(found.items()))


def _fixed(extension: Extension, catalog: Catalog) -> Iterator[Extension]:
    """Yield an extension and those that come with it whatever else is chosen."""
    yield extension
    for name in extension.requires:
        if name not in roles():
            yield from _fixed(catalog[name], catalog)


def _conflict(one: Extension, other: Extension) -> str | None:
    """Return why two can't stand together; None if they can."""
    if other.id in one.conflicts:
        return one.conflicts[other.id]
    if one.id in other.conflicts:
        return other.conflicts[one.id]
    if one.provides and one.provides == other.provides:
        return f"Only one can play the role {one.provides}."
    return None


def commands(extension: Extension) -> list[str]:
    """Return the names of the commands of ``manage.py`` that an extension adds."""
    if extension == base():
        return []
    paths = (os.path.join(folder, "slots", "commands.py") for folder in extension.folders)
    texts = (locations.read(path) for path in paths if os.path.isfile(path))
    return [name.replace("_", "-") for text in texts for name in _COMMAND.findall(text)]


def _brought(extension: Extension, catalog: Catalog) -> list[Extension]:
    """Return what comes with an extension, in order of initialisation."""
    if extension == base():
        return []
    return [e for e in catalog.resolve([extension.id]) if e.id != extension.id]


def _versions(extension: Extension, requirements: Iterable[str]) -> Mapping[str, str]:
    """Return the version of each package required, as its own catalogue pins it; else it is left out."""
    tested = pins.tested(os.path.dirname(extension.folder))
    unknown = tested.unknown(requirements)
    wanted = {pins.project(r) for r in requirements}
    known = tested.versions(r for r in requirements if r not in unknown)
    return {name: version for name, version in known.items() if name in wanted}
