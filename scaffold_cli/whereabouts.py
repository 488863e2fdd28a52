"""Whereabouts: in which function, table or mapping each line of a file stands, and whether a merge moved any into another.

A merge by line knows the lines above and below. So what somebody wrote at the end of a function may come to stand in
another one, when that function goes or one is put in there.
"""

import re
from collections import Counter

_NAME = re.compile(
    r"""(?:(?:async[ ])?(?:def|class)[ ](\w+)|["']?([\w./-]+)["']?:(?:\s|$))""", re.VERBOSE
)
_TABLE = re.compile(r"\[\[?([\w.\"'-]+)\]\]?")

Place = tuple[str, ...]
Lines = Counter[tuple[Place, str]]


def strays(base: bytes, ours: bytes, theirs: bytes, merged: bytes) -> set[str]:
    """Return the lines that a merge put where they do not belong, or left out, or left there.

    What one side has given another name stands in the result by that name, with the lines of the other side.
    """
    old, own, new, found = map(_lines, (base, ours, theirs, merged))
    places = {place for place, _ in found}
    known = {place for place, _ in own} & {place for place, _ in new}
    lost, left = set[str](), set[str]()
    for place, line in {*old, *own, *new, *found}:
        numbers = (side[place, line] for side in (old, own, new))
        least, most = _expected(*numbers)
        if found[place, line] < least and place in places:
            lost.add(line)
        elif found[place, line] > most and place in known:
            left.add(line)
    return lost | left


def _expected(old: int, own: int, new: int) -> tuple[int, int]:
    """Return how often a line is to be there, at least and at most: the same change may be made once, or twice."""
    both = own + new - old
    if (own - old) * (new - old) <= 0:
        return both, both
    return min(own, new, both), max(own, new, both)


def _lines(content: bytes) -> Lines:
    """Count the lines that have a word in them, by what they stand in."""
    found: Lines = Counter()
    above: list[tuple[int, str]] = []  # each with its indentation
    for line in content.decode(errors="replace").splitlines():
        text = line.lstrip()
        indentation = len(line) - len(text)
        if not any(map(str.isalnum, text)):
            continue
        table = _TABLE.match(line)
        while above and (table or above[-1][0] >= indentation):
            above.pop()
        found[tuple(name for _, name in above), text.rstrip()] += 1
        if name := table or _NAME.match(text):
            above.append((-1 if table else indentation, name[name.lastindex or 0]))
    return found
