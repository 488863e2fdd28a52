"""Slots: the places in shared files where extensions put their lines.

``slots.toml`` declares them: a closed list. In a file a slot is one whole-line comment, ``# slot: settings`` or
``<!-- slot: nav -->``; folding puts the chosen fragments in its place, so no marker is left in a project.
Extensions never patch text: what they add is an ordered set of fragments, and a file is written once.
"""

import json
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from os.path import join
from typing import Any, Literal, NamedTuple

from . import imports, locations
from .errors import ManifestError

MARKER = re.compile(r"^([ \t]*)(?:#|<!--) slot: ([a-z-]+)(?: -->)?$", re.MULTILINE)


class Slot(NamedTuple):
    """One place for fragments.

    Attributes:
        id: Its name in markers and in fragments' file names.
        file: Path of the file that has it, with names still to be put in.
        kind: ``lines`` (whole lines), ``imports`` (merged and sorted), ``json`` (merged by key; has no marker).
        gap: Blank lines between two fragments.
        head: The line that they stand below, indented, where there are any; mostly none.
    """

    id: str
    file: str
    kind: Literal["lines", "imports", "json"]
    gap: int
    head: str = ""


class Fragment(NamedTuple):
    """What one layer puts into one slot."""

    slot: str
    owner: str
    text: str


@cache
def declared() -> Mapping[str, Slot]:
    """Return every slot by its id."""
    data = tomllib.loads(locations.read(join(locations.PACKAGE, "slots.toml")))
    return {
        name: Slot(
            name,
            table["file"],
            table.get("kind", "lines"),
            table.get("gap", 0),
            table.get("head", ""),
        )
        for name, table in data.items()
    }


def check(fragment: Fragment) -> None:
    """Refuse a fragment for a slot that is not declared.

    Raises:
        ManifestError: Names the slot and the owner.
    """
    if fragment.slot not in declared():
        raise ManifestError(
            f"{fragment.owner} has a fragment for the slot {fragment.slot!r}, which there is none of.",
            "The slots are: " + ", ".join(sorted(declared())),
        )


def by_file() -> Mapping[str, tuple[Slot, ...]]:
    """Return the slots of each shared file, by the file's path with names still to be put in."""
    files: dict[str, tuple[Slot, ...]] = {}
    for slot in declared().values():
        files[slot.file] = (*files.get(slot.file, ()), slot)
    return files


def fold(text: str, own: Iterable[Slot], fragments: Mapping[str, Sequence[str]]) -> str:
    """Put fragments in the place of a file's slots.

    Args:
        text: The file's text.
        own: The slots declared for the file.
        fragments: Slot id to the fragments for it, in order.

    Returns:
        The text without markers. A slot without fragments goes with the blank lines before it.
    """
    for slot in own:
        if slot.kind == "json":
            text = _fold_json(text, fragments.get(slot.id, ()))
    while match := MARKER.search(text):
        slot = declared()[match[2]]
        chosen = fragments.get(slot.id, ())
        if slot.kind == "imports":
            text = imports.merge_into(text, text.count("\n", 0, match.start()), chosen)
        elif any(chosen):
            text = text[: match.start()] + _filled(slot, chosen, match[1]) + text[match.end() :]
        else:
            text = _without(text, match)
    return text


def _fold_json(text: str, fragments: Iterable[str]) -> str:
    data = json.loads(text)
    for fragment in fragments:
        data = _merged(data, json.loads(fragment))
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _filled(slot: Slot, chosen: Iterable[str], indent: str) -> str:
    """Return what stands in the place of a slot's marker, indented as that was."""
    joint = "\n" * (slot.gap + 1)
    lines = joint.join(fragment.strip("\n") for fragment in chosen if fragment)
    return _indented(f"{slot.head}\n{_indented(lines, '  ')}" if slot.head else lines, indent)


def _indented(fragment: str, indent: str) -> str:
    lines = fragment.strip("\n").split("\n")
    return "\n".join(indent + line if line.strip() else "" for line in lines)


def _without(text: str, match: re.Match[str]) -> str:
    """Take a marker's line away, and the blank lines before it."""
    before = text[: match.start()].rstrip("\n")
    after = text[match.end() + 1 :]
    return f"{before}\n{after}" if before else after.lstrip("\n")


def _merged(base: Any, more: Any) -> Any:
    if isinstance(base, dict) and isinstance(more, dict):
        added = {key: _merged(base[key], more[key]) if key in base else more[key] for key in more}
        return {**base, **added}
    if isinstance(base, list) and isinstance(more, list):
        return [*base, *more]
    return more
