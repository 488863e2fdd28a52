"""A file as keys and text: what each entry means, and every character that it is written with.

Written out again, a file that was read is the same to the byte; so what somebody wrote stays as it was written, unless
it is taken out.
"""

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Iterator
from typing import Literal, NamedTuple

_COMMENT = re.compile(r"(?:^|(?<=\s))#.*", re.MULTILINE)


class Unreadable(Exception):  # noqa: N818 - not an error: the file is merged by lines
    """A text that this kind of file does not allow, or that is too unusual."""


class Leaf(NamedTuple):
    """A value that is taken as a whole.

    Attributes:
        text: As it is written.
        meaning: What it says; two spellings of one value have one meaning.
        hashes: Of a pinned package, which files of that version are trusted.
    """

    text: str
    meaning: Hashable
    hashes: frozenset[str] = frozenset()


class Item(NamedTuple):
    """The key of an item of a list: the item itself, and which of several that are the same.

    Attributes:
        list: Which list it is of, where items of several stand side by side, as TOML's ``[[tables]]`` do.
        meaning: What it says.
        number: How many the same stand before it.
    """

    list: Hashable
    meaning: Hashable
    number: int


class Table(NamedTuple):
    """The key of one of TOML's tables; those stand below what is in none."""

    path: Hashable


class Child(NamedTuple):
    """One entry, with the text around it.

    Attributes:
        key: Unique among the entries of its branch.
        lead: What stands before it: comments, blank lines, and between brackets all white space.
        label: From the beginning of its line, or its own, up to the value.
        node: The value.
        after: The rest of the last line and, where lines make the entries, its end; comments below that belong to it.
    """

    key: Hashable
    lead: str
    label: str
    node: "Leaf | Branch"
    after: str


class Branch(NamedTuple):
    """A mapping or a list.

    Attributes:
        kind: Which of them.
        children: Its entries.
        head: What stands before the first: an opening bracket, a file's comment.
        tail: What stands after the last: comments, a closing bracket.
        column: Of its entries, if each has lines of its own.
        comma: Whether a comma stands after the last entry, too; None if no commas part them.
        mark: What YAML says of the branch itself: an anchor, a tag.
    """

    kind: Literal["map", "list"]
    children: tuple[Child, ...]
    head: str = ""
    tail: str = ""
    column: int = 0
    comma: bool | None = None
    mark: str = ""

    @property
    def is_flow(self) -> bool:
        """Whether it stands between brackets."""
        return self.comma is not None


Node = Leaf | Branch


def meaning(node: Node) -> Hashable:
    """Return what a node says, without how it is written; the order of a mapping says nothing."""
    if isinstance(node, Leaf):
        return (node.meaning, node.hashes) if node.hashes else node.meaning
    children = ((child.key, meaning(child.node)) for child in node.children)
    if node.kind == "map":
        return "map", node.mark, frozenset(children)
    return "list", node.mark, tuple(said for _, said in children)


def numbered(found: Iterable[Hashable], of: Hashable = "") -> list[Item]:
    """Return the keys of a list's items, given what they mean."""
    seen: Counter[Hashable] = Counter()
    keys = []
    for said in found:
        keys.append(Item(of, said, seen[said]))
        seen[said] += 1
    return keys


def as_list(children: Iterable[Child]) -> tuple[Child, ...]:
    """Return entries with the keys of a list's items."""
    children = list(children)
    keys = numbered(meaning(child.node) for child in children)
    return tuple(child._replace(key=key) for child, key in zip(children, keys, strict=True))


def as_map(children: Iterable[Child]) -> tuple[Child, ...]:
    """Return the entries of a mapping.

    Raises:
        Unreadable: A key stands there twice.
    """
    children = tuple(children)
    if len({child.key for child in children}) < len(children):
        raise Unreadable("a key twice")
    return children


def written(node: Node) -> str:
    """Return a node's text."""
    if isinstance(node, Leaf):
        return node.text
    if node.is_flow:
        return "".join(_flow(node))
    return node.head + "".join(written_child(node, child) for child in node.children) + node.tail


def written_child(branch: Branch, child: Child) -> str:
    """Return an entry's text, without the comma that may stand after its value."""
    body = written(child.node)
    if isinstance(child.node, Branch) and not (child.label or branch.is_flow):
        body = _dashed(body, branch.column)
    return child.lead + child.label + body + child.after


def _dashed(body: str, column: int) -> str:
    """Return an item of a YAML list, whose first line has the dash, too."""
    if body[: column + 1].strip(" "):
        return f"{' ' * column}-\n{body}"
    return f"{body[:column]}-{body[column + 1 :]}"


def _flow(node: Branch) -> Iterator[str]:
    yield node.head
    after = ""
    for number, child in enumerate(node.children, 1):
        yield _on_new_line(child.lead, after) + child.label + written(child.node)
        if node.comma or number < len(node.children):
            yield ","
        yield (after := child.after)
    yield _on_new_line(node.tail, after)


def _on_new_line(text: str, after: str) -> str:
    """Return what follows an entry; nothing may stand in a comment's line."""
    return f"\n{text}" if after.strip() and not text.lstrip(" \t").startswith("\n") else text


def comments(node: Node) -> Counter[str]:
    """Return how often which comment stands in a file."""
    return Counter(found.rstrip() for text in _around(node) for found in _COMMENT.findall(text))


def _around(node: Node) -> Iterator[str]:
    """Yield all text but the values."""
    if isinstance(node, Branch):
        yield node.head
        for child in node.children:
            yield from (child.lead, child.label, child.after)
            yield from _around(child.node)
        yield node.tail
