"""Requirements files: a block for each package, with its hashes; an option is a line."""

import re
from collections import Counter

from ..pins import normalize
from .nodes import Branch, Child, Leaf, Unreadable

_AROUND = re.compile(r"(?:[ \t]*(?:#.*)?\n)*")
_BELOW = re.compile(r"(?:[ \t]+#.*\n)*")  # "# via ...", indented
_BLOCK = re.compile(r"(?:.*\\\n)*.*\n")
_COMMENT = re.compile(r"[ \t]+#.*$")
_HASH = re.compile(r"[ \t]*(?:\\\n)?[ \t]+--hash[= ]\S+")
_PACKAGE = re.compile(
    r"(?P<name>[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?P<extras>\[[^]]*])?"
    r"\s*(?P<wanted>@\s*[^\s;]+|\(?\s*(?:(?:===?|[~!<>]=|[<>])\s*[^\s,;()=~!<>]+\s*,?\s*)*\)?)\s*(?P<marker>;.*)?"
)
_OTHER = re.compile(r"-.*|\S*[/.:]\S*(\s*;.*)?")  # options, addresses and files


def parse(text: str) -> Branch:
    """Read a requirements file.

    Raises:
        Unreadable: There is a line that pip would not take.
    """
    children: list[Child] = []
    seen: Counter[str] = Counter()  # a package may be pinned for each Python
    place = 0
    while True:
        lead = _matched(_AROUND, text, place)
        place += len(lead)
        if place == len(text):
            return Branch("map", tuple(children), tail=lead)
        block = _matched(_BLOCK, text, place)
        place += len(block)
        below = _matched(_BELOW, text, place)
        place += len(below)
        pinned, after = _split(block)
        key, leaf = _read(pinned)
        children.append(Child((key, seen[key]), lead, "", leaf, after + below))
        seen[key] += 1


def without_hashes(text: str) -> str:
    """Return a requirements file as those write it who trust every file of a version."""
    return _HASH.sub("", text)


def _matched(pattern: re.Pattern[str], text: str, place: int) -> str:
    found = pattern.match(text, place)
    return found[0] if found else ""


def _split(block: str) -> tuple[str, str]:
    """Part a block from the comment at its end."""
    comment = _COMMENT.search(block.rstrip("\n"))
    place = comment.start() if comment else len(block) - 1
    return block[:place], block[place:]


def _read(text: str) -> tuple[str, Leaf]:
    """Return what a block is about, and what it says."""
    line = " ".join(text.replace("\\\n", " ").split())
    wanted, *hashes = re.split(r" --hash[= ]", line)
    package = _PACKAGE.fullmatch(wanted.strip())
    if any(" " in trusted for trusted in hashes):
        raise Unreadable("something between the hashes")
    if package:
        said = [package[part] or "" for part in ("extras", "wanted", "marker")]
        version = ["".join(part.split()) for part in said[:2]]
        marker = re.sub(r"\s+", " ", said[2].lstrip("; ").replace('"', "'"))
        name = normalize(package["name"])
        return name, Leaf(text, (name, *version, marker), frozenset(hashes))
    if not _OTHER.fullmatch(wanted) or wanted.startswith("--hash"):
        raise Unreadable("no requirement")
    return line, Leaf(text, line)
