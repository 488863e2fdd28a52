"""Values between brackets, as JSON and TOML write them; and JSON, which is nothing else."""

import json
import re
from collections.abc import Callable, Hashable
from typing import NamedTuple

from .nodes import Branch, Child, Leaf, Node, Unreadable, as_list, as_map

STRING = r'"""(?:\\.|[^\\])*?"{3,5}' + r"|'''.*?'{3,5}" + r'|"(?:\\.|[^"\\\n])*"' + r"|'[^'\n]*'"
_LEAF = re.compile(rf"{STRING}|\d{{4}}-\d\d-\d\d \d\d:[^\s,\]}}#]+|[^\s,\]}}#]+", re.DOTALL)
_AROUND = re.compile(r"(?:\s|#.*+)*+")
_REST = re.compile(r"[ \t]*#.*")


class Language(NamedTuple):
    """How values are written.

    Attributes:
        label: Matches a key up to its value, the key alone being the first group.
        key: Reads a key.
        value: Reads a value that is no list and no mapping.
    """

    label: re.Pattern[str]
    key: Callable[[str], Hashable]
    value: Callable[[str], object]


def parse_json(text: str) -> Branch:
    """Read a JSON file.

    Raises:
        Unreadable: It is none, or has only one value.
    """
    try:
        json.loads(text)
    except ValueError as error:
        raise Unreadable("no JSON") from error
    start = len(text) - len(text.lstrip())
    node, end = value(text, start, _JSON)
    if isinstance(node, Leaf):
        raise Unreadable("one value")
    return node._replace(head=text[:start] + node.head, tail=node.tail + text[end:])


def value(text: str, place: int, language: Language) -> tuple[Node, int]:
    """Read the value that begins at a place of a text that is known to be valid; return it and where it ends.

    Raises:
        Unreadable: White space stands before a comma.
    """
    if text[place] in "[{":
        return _branch(text, place, language)
    found = _found(_LEAF, text, place)
    return Leaf(found[0], repr(language.value(found[0]))), found.end()


def _branch(text: str, start: int, language: Language) -> tuple[Branch, int]:
    is_map = text[start] == "{"
    children: list[Child] = []
    comma = False
    place = start + 1
    while True:
        lead = _found(_AROUND, text, place)
        place = lead.end()
        if text[place] in "]}":
            break
        if children and not comma:
            raise Unreadable("white space before a comma")
        label = _found(language.label, text, place) if is_map else None
        node, place = value(text, label.end() if label else place, language)
        comma = text[place] == ","
        rest = _REST.match(text, place + comma)
        after = rest[0] if rest else ""
        place += comma + len(after)
        key = language.key(label[1]) if label else None
        children.append(Child(key, lead[0], label[0] if label else "", node, after))
    entries = as_map(children) if is_map else as_list(children)
    branch = Branch("map" if is_map else "list", entries, text[start], lead[0] + text[place])
    return branch._replace(comma=comma), place + 1


def _found(pattern: re.Pattern[str], text: str, place: int) -> re.Match[str]:
    found = pattern.match(text, place)
    if not found:
        raise Unreadable(f"nothing at {place}")
    return found


_JSON = Language(re.compile(rf"({STRING})\s*:\s*", re.DOTALL), json.loads, json.loads)
