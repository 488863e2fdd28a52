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
        head: What they stand below, indented, where there are any; mostly none.
        tail: What stands below them then.
        indent: By how many spaces a head indents them.
    """

    id: str
    file: str
    kind: Literal["lines", "imports", "json"]
    gap: int
    head: str = ""
    tail: str = ""
    indent: int = 2


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
            table.get("tail", ""),
            table.get("indent", 2),
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


class Folded(NamedTuple):
    """A file whose slots are filled.

    Attributes:
        text: Its text, without markers.
        tags: For each line, which fragment it is of, as ``settings caching``; empty for the file's own. What
            stands after the last line's end counts as a line.
    """

    text: str
    tags: tuple[str, ...]


def fold(text: str, own: Iterable[Slot], fragments: Mapping[str, Sequence[Fragment]]) -> Folded:
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
            text = _fold_json(text, [fragment.text for fragment in fragments.get(slot.id, ())])
    lines: list[tuple[str, str]] = []  # each with its tag
    for line in _fold_imports(text, fragments).split("\n"):
        match = MARKER.fullmatch(line)
        if match:
            chosen = [f for f in fragments.get(match[2], ()) if f.text]
            _fill(lines, declared()[match[2]], chosen, match[1])
        elif line or lines or text == "":
            lines.append((line, ""))
    return Folded("\n".join(line for line, _ in lines), tuple(tag for _, tag in lines))


def _fold_json(text: str, fragments: Iterable[str]) -> str:
    data = json.loads(text)
    for fragment in fragments:
        data = _merged(data, json.loads(fragment))
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _fold_imports(text: str, fragments: Mapping[str, Sequence[Fragment]]) -> str:
    """Fill the slots for imports, which become one sorted block with what stands around them."""
    for match in MARKER.finditer(text):
        if declared()[match[2]].kind == "imports":
            line = text.count("\n", 0, match.start())
            chosen = [fragment.text for fragment in fragments.get(match[2], ())]
            return _fold_imports(imports.merge_into(text, line, chosen), fragments)
    return text


def _fill(
    lines: list[tuple[str, str]], slot: Slot, chosen: Sequence[Fragment], indent: str
) -> None:
    """Add fragments, indented as the slot's marker was; without any, the blank lines before it go."""
    blank = 0
    while blank < len(lines) and not lines[-blank - 1][0]:
        blank += 1
    del lines[len(lines) - blank :]
    if not chosen:
        return
    lines += [("", slot.id)] * blank
    outer = indent
    if slot.head:
        lines += [(outer + line, slot.id) for line in slot.head.split("\n")]
        indent += " " * slot.indent
    for place, fragment in enumerate(chosen):
        tag = f"{slot.id} {fragment.owner}"
        lines += [("", tag)] * (slot.gap if place else 0)
        lines += [
            (indent + line if line.strip() else "", tag)
            for line in fragment.text.strip("\n").split("\n")
        ]
    if slot.tail:
        lines.append((outer + slot.tail, slot.id))


def _merged(base: Any, more: Any) -> Any:
    if isinstance(base, dict) and isinstance(more, dict):
        added = {key: _merged(base[key], more[key]) if key in base else more[key] for key in more}
        return {**base, **added}
    if isinstance(base, list) and isinstance(more, list):
        return [*base, *more]
    return more
