"""Merge by key: where lines are the wrong level, a file is merged by what its lines say.

    base, ours, theirs --parse--> trees --key by key--> one tree --write--> the file

Two sides that each add to a list change one line of JSON, or put a pin at one place: for lines a contradiction, for keys none.
The trees hold every character, so what the owner wrote is not formatted anew: entries are taken out, replaced, put in.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from . import flow, requirements, toml, yaml
from .nodes import Branch, Unreadable, comments, meaning, written
from .sides import Contradiction as Contradiction
from .sides import merged

_BOM = "\ufeff"


class _Kind(NamedTuple):
    """How files of a kind are read, and what speaks against merging three of them."""

    parse: Callable[[str], Branch]
    check: Callable[[Iterable[Branch]], None] = lambda _: None


_BY_SUFFIX = {
    ".json": _Kind(flow.parse_json),
    ".toml": _Kind(toml.parse, toml.check),
    ".yaml": _Kind(yaml.parse),
    ".yml": _Kind(yaml.parse),
}
_REQUIREMENTS = _Kind(requirements.parse)


class _Form(NamedTuple):
    """What a file is like: with a byte order mark, with Windows' line ends, with one after the last line."""

    bom: bool
    dos: bool
    ends: bool


def merge(path: str, base: bytes, ours: bytes, theirs: bytes) -> bytes | None:
    """Merge three versions of a file by key.

    Args:
        path: Where it stands in the project; its name tells what kind of file it is.
        base: What both sides come from.
        ours: What its owner made of it. Its line ends, also that of its last line, and its byte order mark are kept.
        theirs: What it is to become.

    Returns:
        The file. None where it is to be merged by lines: it is of another kind, or can't be read.

    Raises:
        Contradiction: Both sides have changed one thing in different ways. Lines that do not touch one another say
            nothing then.
    """
    kind = _kind(path)
    if not kind:
        return None
    if ours == base:
        return theirs
    if theirs in (base, ours):
        return ours
    try:
        (_, old), (form, own), (_, new) = (_opened(content) for content in (base, ours, theirs))
        return _closed(_merge(kind, old, own, new), form)
    except (Unreadable, RecursionError):
        return None


def is_pinning(name: str) -> bool:
    """Tell whether a file of that name holds requirements."""
    return name.startswith("requirements") and name.endswith(".txt")


def _kind(path: str) -> _Kind | None:
    name = path.rpartition("/")[2]
    if is_pinning(name):
        return _REQUIREMENTS
    return next((kind for suffix, kind in _BY_SUFFIX.items() if name.endswith(suffix)), None)


def _merge(kind: _Kind, base: str, ours: str, theirs: str) -> str:
    """Merge texts, and look whether the result says what it is to say, with every comment of the owner's."""
    if ours == base:
        return theirs
    if theirs == base:
        return ours
    if kind is _REQUIREMENTS and "--hash" not in ours:
        base, theirs = requirements.without_hashes(base), requirements.without_hashes(theirs)
    sides = [kind.parse(text) for text in (base, ours, theirs)]
    kind.check(sides)
    old, own, new = _headed(sides)
    result = merged(old, own, new)
    text = written(result)
    again = kind.parse(text)
    if meaning(again) != meaning(result):
        raise Unreadable("it would say something else")
    if comments(own) - comments(old) - comments(again):
        raise Contradiction
    return text


def _headed(sides: Sequence[Branch]) -> list[Branch]:
    """Have the comment at the top stand above all, not above the first entry: another one may come first.

    What the owner wrote below the lines that were there, or that stand for them, is about the first entry.
    """
    known = _top(sides[0]).splitlines()
    own = _top(sides[1]).splitlines(keepends=True)
    places = [place for place, line in enumerate(own, 1) if line[:-1] in known]
    size = max(*places, len(known)) if places else len(own) * bool(known)
    heads = (_top(sides[0]), "".join(own[:size]), _top(sides[2]))
    return [_with_head(side, head) for side, head in zip(sides, heads, strict=True)]


def _top(root: Branch) -> str:
    return root.children[0].lead if root.children and not root.is_flow else ""


def _with_head(root: Branch, head: str) -> Branch:
    if not head:
        return root
    first, *others = root.children
    first = first._replace(lead=first.lead[len(head) :])
    return root._replace(head=head, children=(first, *others))


def _opened(content: bytes) -> tuple[_Form, str]:
    """Return what a file is like, and its text with plain ends of all lines.

    Raises:
        Unreadable: It is not in UTF-8, or its lines do not all end alike.
    """
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        raise Unreadable("not in UTF-8") from error
    plain = text.removeprefix(_BOM).replace("\r\n", "\n")
    is_dos = "\r" in text
    if "\r" in plain or (is_dos and text.count("\r") < text.count("\n")):
        raise Unreadable("line ends of several kinds")
    ends = plain.endswith("\n") or not plain
    return _Form(text.startswith(_BOM), is_dos, ends), plain if ends else f"{plain}\n"


def _closed(text: str, form: _Form) -> bytes:
    """Return a text as a file that is like another one."""
    if not form.ends:
        text = text.removesuffix("\n")
    if form.dos:
        text = text.replace("\n", "\r\n")
    return (_BOM * form.bom + text).encode()
