"""TOML: statements, in tables or above them; a table of an array is an item of a list."""

import re
import tomllib
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from typing import NamedTuple

from . import flow
from .nodes import Branch, Child, Item, Table, Unreadable, as_map, meaning

Path = tuple[str, ...]

_KEY = rf"(?:[\w-]+|{flow.STRING})"
_PATH = rf"({_KEY}(?:[ \t]*\.[ \t]*{_KEY})*)"
_LABEL = re.compile(rf"[ \t]*{_PATH}[ \t]*=[ \t]*")
_HEADER = re.compile(rf"[ \t]*(\[\[?)[ \t]*{_PATH}[ \t]*\].*\n")
_AROUND = re.compile(r"(?:[ \t]*(?:#.*)?\n)*")
_REST = re.compile(r".*\n")
_BLANK = re.compile(r"^[ \t]*\n", re.MULTILINE)


class _Table(NamedTuple):
    """A header and what stands below it."""

    path: Path
    is_item: bool
    lead: str
    label: str
    branch: Branch


def parse(text: str) -> Branch:
    """Read a TOML file.

    Raises:
        Unreadable: It is none, or says what belongs to an array's table far from it.
    """
    try:
        tomllib.loads(text)
    except ValueError as error:
        raise Unreadable("no TOML") from error
    statements, place, lead = _statements(text, 0)
    tables: list[_Table] = []
    while place < len(text):
        header = _HEADER.match(text, place)
        if not header:
            raise Unreadable(f"neither statement nor table at {place}")
        below, place, around = _statements(text, header.end())
        tail, around = _parted(around, at_end=place == len(text))
        branch = Branch("map", as_map(below), tail=tail)
        tables.append(_Table(_path(header[2]), header[1] == "[[", lead, header[0], branch))
        lead = around
    return Branch("map", as_map([*statements, *_keyed(_whole(tables))]), tail=lead)


def check(sides: Iterable[Branch]) -> None:
    """Refuse files that say the same in different places: in a table here, with a dotted key there.

    Raises:
        Unreadable: They do.
    """
    places: dict[Path, Hashable] = {}
    for side in sides:
        for path, place in _places(side):
            if places.setdefault(path, place) != place:
                raise Unreadable("the same in another place")
    if places.keys() & {path[:end] for path in places for end in range(len(path))}:
        raise Unreadable("a table in another form")


def _statements(text: str, place: int) -> tuple[list[Child], int, str]:
    """Read up to the next header; return the statements, where that is, and what stands before it."""
    children: list[Child] = []
    while True:
        lead = _matched(_AROUND, text, place)
        place += len(lead)
        label = _LABEL.match(text, place)
        if not label:
            return children, place, lead
        node, place = flow.value(text, label.end(), _LANGUAGE)
        after = _matched(_REST, text, place)
        place += len(after)
        children.append(Child(_path(label[1]), lead, label[0], node, after))


def _matched(pattern: re.Pattern[str], text: str, place: int) -> str:
    found = pattern.match(text, place)
    return found[0] if found else ""


def _parted(around: str, *, at_end: bool) -> tuple[str, str]:
    """Part what stands below a table from what stands above the next: at the first blank line."""
    blank = _BLANK.search(around)
    place = blank.start() if blank else len(around) * at_end
    return around[:place], around[place:]


def _whole(tables: Iterable[_Table]) -> list[_Table]:
    """Put into each of an array's tables the tables that belong to it."""
    whole: list[_Table] = []
    items: set[Path] = set()
    for table in tables:
        above = items & {table.path[:end] for end in range(len(table.path))}
        if above:
            item = whole.pop()
            if item.path not in above:
                raise Unreadable("far from its table")
            entries = as_map([*item.branch.children, *_keyed([table])])
            whole.append(item._replace(branch=item.branch._replace(children=entries)))
        else:
            whole.append(table)
        if table.is_item:
            items.add(table.path)
    return whole


def _keyed(tables: Iterable[_Table]) -> Iterator[Child]:
    """Yield tables as entries."""
    seen: Counter[Hashable] = Counter()
    for table in tables:
        key: Hashable = Table(table.path)
        if table.is_item:
            said = meaning(table.branch)
            key = Item(table.path, said, seen[table.path, said])
            seen[table.path, said] += 1
        yield Child(key, table.lead, table.label, table.branch, "")


def _places(root: Branch) -> Iterator[tuple[Path, Hashable]]:
    """Yield which key stands in which table, and how it is written there."""
    for child in root.children:
        match child.key, child.node:
            case Table(tuple(path)), Branch(children=statements):
                for statement in statements:
                    yield (*path, *_parts(statement)), child.key
            case Item(), _:
                pass
            case _:
                yield _parts(child), ""


def _parts(statement: Child) -> Path:
    assert isinstance(statement.key, tuple)
    return statement.key


def _path(key: str) -> Path:
    """Return the parts of a dotted key."""
    found: object = tomllib.loads(f"{key} = 0")
    path = []
    while isinstance(found, Mapping):
        [(part, found)] = found.items()
        path.append(part)
    return tuple(path)


def _value(text: str) -> object:
    return tomllib.loads(f"value = {text}")["value"]


_LANGUAGE = flow.Language(_LABEL, _path, _value)
