"""YAML: mappings and lists by indentation; PyYAML says where each value stands.

It composes and does not construct: a node knows its place in the text, and no value is guessed from its spelling.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING, TypeGuard

from .nodes import Branch, Child, Leaf, Node, Unreadable, as_list, as_map

if TYPE_CHECKING:
    import yaml

_AROUND = re.compile(r"(?:\s|#.*+)*+")
_DASH = re.compile(r"[ -]*-")
_LINE = re.compile(r"([ \t]*)(#.*)?\n")
_OTHER_ENDS = re.compile("[\x85\u2028\u2029]")
_REST = re.compile(r"[ \t]*#.*")
_BRACKET = re.compile(r"(?:[&!]\S*\s+)*[\[{]")
_TO_DASH = re.compile(r"(?:[ \t]*(?:#.*)?\n)*[ \t]*-")


def parse(text: str) -> Branch:
    """Read a YAML file of one document, a mapping or a list by indentation.

    Raises:
        Unreadable: It is none.
    """
    if _OTHER_ENDS.search(text):
        raise Unreadable("line ends that only YAML knows")
    root = _composed(text)
    if root is None or not _is_block(root):
        raise Unreadable("nothing by indentation")
    return _Reader(text).block(root, 0, len(text))


def _composed(text: str) -> yaml.Node | None:
    import yaml

    class Loader(yaml.SafeLoader):
        """Keeps an alias as a value of its own."""

        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            if not self.check_event(yaml.AliasEvent):
                return super().compose_node(parent, index)
            alias = self.get_event()  # type: ignore[no-untyped-call]
            if alias.anchor not in self.anchors:
                raise Unreadable("an alias of nothing")
            return yaml.ScalarNode("alias", alias.anchor, alias.start_mark, alias.end_mark)

    try:
        return yaml.compose(text, Loader)
    except yaml.YAMLError as error:
        raise Unreadable("no YAML") from error


class _Reader:
    """Cuts a text into entries, given where its nodes stand."""

    def __init__(self, text: str) -> None:
        self.text = text
        # With a space for a dash in whose line a mapping or a list begins: as if that stood below a key.
        self.characters = list(text)

    def block(self, node: yaml.Node, start: int, end: int) -> Branch:
        """Read a mapping or a list by indentation; its are all lines from `start` up to `end`."""
        entries = _entries(node)
        column = self._column(self._first(node))
        places = [_start(key) if key else self._dash(value, column) for key, value in entries]
        limits = [*map(self._line, places[1:]), end]
        children = []
        for (key, value), place, limit in zip(entries, places, limits, strict=True):
            stop = self._below(self._next(self._last(value)), limit, column)
            lead = self.text[start : self._line(place)]
            children.append(self._child(key, value, place, stop)._replace(lead=lead))
            start = stop
        return _branch(node, children)._replace(tail=self.text[start:end], column=column)

    def _child(self, key: yaml.Node | None, value: yaml.Node, place: int, stop: int) -> Child:
        """Read an entry that begins with its key, or its dash, at a place; `stop` is the end of a line."""
        line, start = self._line(place), _start(value)
        if not _is_block(value):
            after = self.text[self._last(value) : stop]
            return Child(_key(key), "", self._cut(line, start), self._inline(value), after)
        mark = ""
        first = self._first(value)
        if start < first:
            start = self._next(start)
            mark = self.text[_start(value) : start].partition(" #")[0].strip()
        elif key:
            start = self._next(key.end_mark.index)
        elif self._line(first) == line:
            self.characters[place] = " "
            start = line
        else:
            start = self._next(place)
        label = self._cut(line, start)
        node = self.block(value, start, stop)._replace(mark=mark)
        return Child(_key(key), "", label, node, "")

    def _inline(self, node: yaml.Node) -> Node:
        """Read a value that is not made by indentation."""
        if not _is_collection(node):
            text = self._cut(_start(node), self._last(node))
            return Leaf(text, (node.tag, node.value))
        head = _BRACKET.match(self.text, _start(node))
        if not head:
            raise Unreadable("one entry without brackets")
        place = head.end()
        comma = True
        children = []
        for key, value in _entries(node):
            start, end = _start(key or value), value.end_mark.index
            lead = _AROUND.fullmatch(self.text, place, start)
            if not (lead and comma):
                raise Unreadable("white space before a comma, or a question mark")
            comma = self.text[end] == ","
            rest = _REST.match(self.text, end + comma)
            place = rest.end() if rest else end + comma
            label, after = self.text[start : _start(value)], self.text[end + comma : place]
            children.append(Child(_key(key), lead[0], label, self._inline(value), after))
        tail = self.text[place : node.end_mark.index]
        comma = comma and bool(children)
        return _branch(node, children)._replace(head=head[0], tail=tail, comma=comma)

    def _first(self, node: yaml.Node) -> int:
        """Return where the first key of a mapping, or the first dash of a list, stands."""
        start = _start(node)
        if _is_mapping(node):
            return _start(node.value[0][0])
        if self.text[start] == "-":
            return start
        dash = _TO_DASH.match(self.text, self._next(start))
        if not dash:
            raise Unreadable("a list without a dash")
        return dash.end() - 1

    def _dash(self, item: yaml.Node, column: int) -> int:
        """Return where an item's dash stands: in its line, or above."""
        line = self._line(_start(item))
        while not _DASH.fullmatch(self.text, line, line + column + 1):
            if not line:
                raise Unreadable("an item without a dash")
            line = self._line(line - 1)
        return line + column

    def _last(self, node: yaml.Node) -> int:
        """Return where a value ends, and nothing but comments follows."""
        if _is_block(node):
            return self._last(_entries(node)[-1][1])
        end: int = node.end_mark.index
        if getattr(node, "style", None) in ("|", ">"):
            end = len(self.text[:end].rstrip())
        return end

    def _below(self, stop: int, limit: int, column: int) -> int:
        """Return where the comments end that follow an entry and are indented as what belongs to it."""
        place = stop
        while place < limit and (line := _LINE.match(self.text, place)):
            place = line.end()
            if line[2]:
                if len(line[1]) <= column:
                    break
                stop = place
        return stop

    def _line(self, place: int) -> int:
        return self.text.rfind("\n", 0, place) + 1

    def _next(self, place: int) -> int:
        return self.text.index("\n", place) + 1

    def _column(self, place: int) -> int:
        return place - self._line(place)

    def _cut(self, start: int, end: int) -> str:
        return "".join(self.characters[start:end])


def _start(node: yaml.Node) -> int:
    index: int = node.start_mark.index
    return index


def _is_mapping(node: yaml.Node) -> bool:
    import yaml

    return isinstance(node, yaml.MappingNode)


def _is_collection(node: yaml.Node) -> TypeGuard[yaml.CollectionNode]:
    import yaml

    return isinstance(node, yaml.CollectionNode)


def _is_block(node: yaml.Node) -> bool:
    return _is_collection(node) and not node.flow_style


def _entries(node: yaml.Node) -> list[tuple[yaml.Node | None, yaml.Node]]:
    """Return what is in a collection: keys, if it has some, and values."""
    return node.value if _is_mapping(node) else [(None, item) for item in node.value]


def _key(node: yaml.Node | None) -> Hashable:
    """Return what an entry is found by; an item has no key yet."""
    if node is None:
        return None
    if _is_collection(node):
        raise Unreadable("a key that is no word")
    return node.tag, node.value


def _branch(node: yaml.Node, children: Iterable[Child]) -> Branch:
    if _is_mapping(node):
        return Branch("map", as_map(children))
    return Branch("list", as_list(children))
