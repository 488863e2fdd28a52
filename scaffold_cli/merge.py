"""Merge: one file in three versions; what its owner wrote and what is new, both in the result.

The idea is that of diff3 (Khanna, Kunal, Pierce: "A Formal Investigation of Diff3", 2007): the changes from the base
to each side are hunks of the base's lines; hunks that share no line are applied side by side, those that do
contradict each other. Unlike in git, changes of neighbouring lines do not. Lines are bytes, so any encoding goes through.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import NamedTuple

START, MIDDLE, END = b"<<<<<<< yours", b"=======", b">>>>>>> scaffold"

Lines = Sequence[bytes]


class Merged(NamedTuple):
    """What came of a merge.

    Attributes:
        content: The file; where the sides contradict each other, both stand between markers.
        conflicts: The number of such places.
    """

    content: bytes
    conflicts: int = 0


class Hunk(NamedTuple):
    """A change: in the place of the base's lines from `start` up to `end` stand these."""

    start: int
    end: int
    lines: Lines


class Tags(NamedTuple):
    """Which fragment each line is of; lines of different fragments are different lines."""

    base: Sequence[str]
    theirs: Sequence[str]


def is_binary(content: bytes) -> bool:
    """Tell whether a file is no text, and therefore never merged."""
    return b"\0" in content


def has_conflict(content: bytes) -> bool:
    """Tell whether both sides of a conflict still stand in a file: one of ours, or one of git's."""
    signs = (START[:8], END[:8])
    return not is_binary(content) and any(line.startswith(signs) for line in content.split(b"\n"))


def merge(
    base: bytes,
    ours: bytes,
    theirs: bytes,
    tags: Tags | None = None,
    *,
    together: bool = False,
    apart: bool = False,
) -> Merged:
    """Merge three versions of a text.

    Args:
        base: What both sides come from.
        ours: What its owner made of it. Its line ends are kept.
        theirs: What it is to become.
        tags: The fragments that `base` and `theirs` are made of, so that none is taken for a part of its neighbour.
        together: Whether two texts that are put in at the same place stand there both; `theirs` first, unless ours goes
            on with what stands above.
        apart: Whether changes of neighbouring lines contradict each other, too, as they do in git.
    """
    if base in (ours, theirs):
        return Merged(with_ends_of(ours, theirs) if base == ours else ours)
    old = _lines(base) if base else []  # so that two files written into nothing touch one another
    own, new = _lines(ours), _lines(theirs)
    from_us = _changes(old, own, own)
    if tags:
        from_them = _changes(_tagged(tags.base, old), _tagged(tags.theirs, new), new)
    else:
        from_them = _changes(old, new, new)
    merged: list[bytes] = []
    conflicts = done = 0
    for region in _regions(from_us, from_them, apart=apart):
        merged += old[done : region.start]
        lines = _resolved(old, region, together=together)
        if lines is None:
            lines, found = _both(region.side(old, region.ours), region.side(old, region.theirs))
            conflicts += found
        merged += lines
        done = region.end
    merged += old[done:]
    return Merged(with_ends_of(ours, b"\n".join(merged)), conflicts)


def plain(text: bytes) -> bytes:
    """Return a text with the line ends that scaffold writes."""
    return text.replace(b"\r\n", b"\n")


def with_ends_of(text: bytes, other: bytes) -> bytes:
    """Return another text with the line ends of this one: what both have keeps them, the rest has the usual ones."""
    if is_binary(other):
        return other
    ends, windows = text.count(b"\n"), text.count(b"\r\n")
    if not windows:
        return plain(other)
    if ends == windows:
        return plain(other).replace(b"\n", b"\r\n")
    was, lines = text.split(b"\n"), _lines(other)
    signs = [b"\r" if 2 * windows > ends else b""] * (len(lines) - 1) + [b""]
    for start, there, size in _matches(_lines(text), lines):
        signs[there : there + size] = [
            line[-1:] if line.endswith(b"\r") else b"" for line in was[start : start + size]
        ]
    return b"\n".join(line + sign for line, sign in zip(lines, signs, strict=True))


def mended(marked: bytes, now: bytes) -> bytes:
    """Return a text in which conflicts are as its owner has mended them, and all else is as it was.

    Args:
        marked: The text with both sides of each conflict.
        now: What its owner has made of it.
    """
    if is_binary(marked) or is_binary(now):
        return now
    old, own = _lines(marked), _lines(now)
    places = _between_markers(old)
    text, done = list[bytes](), 0
    for hunk in _changes(old, own, own):
        if places & {*range(hunk.start, hunk.end)}:
            text += [*old[done : hunk.start], *hunk.lines]
            done = hunk.end
    return with_ends_of(now, b"\n".join([*text, *old[done:]]))


def disputed(marked: bytes) -> set[str]:
    """Return the lines that stand between markers of conflicts, without their indentation."""
    lines = _lines(marked)
    return {lines[place].decode(errors="replace").strip() for place in _between_markers(lines)}


def _between_markers(lines: Lines) -> set[int]:
    """Return which lines are markers of conflicts, or stand between them."""
    found: set[int] = set()
    start: int | None = None
    for place, line in enumerate(lines):
        if line.startswith(START[:8]):
            start = place
        elif line.startswith(END[:8]) and start is not None:
            found |= {*range(start, place + 1)}
            start = None
    return found


class _Region(NamedTuple):
    """Hunks of both sides that touch one another, and the base's lines that they cover."""

    start: int
    end: int
    ours: list[Hunk]
    theirs: list[Hunk]

    def side(self, old: Lines, hunks: Iterable[Hunk]) -> list[bytes]:
        """Return the region as one side has it."""
        lines: list[bytes] = []
        done = self.start
        for hunk in hunks:
            lines += [*old[done : hunk.start], *hunk.lines]
            done = hunk.end
        return [*lines, *old[done : self.end]]


def _lines(content: bytes) -> list[bytes]:
    """Split a text; what stands after the last line's end, mostly nothing, is a line too."""
    return plain(content).split(b"\n")


def _tagged(tags: Sequence[str], lines: Lines) -> list[Hashable]:
    return list(zip(tags, lines, strict=True))


def _changes(before: Sequence[Hashable], after: Sequence[Hashable], text: Lines) -> list[Hunk]:
    """Return what leads from one sequence to the other, whose text is given."""
    hunks = []
    i = j = 0
    for start, other, size in [*_matches(before, after), (len(before), len(after), 0)]:
        if i < start or j < other:
            hunks.append(Hunk(i, start, text[j:other]))
        i, j = start + size, other + size
    return hunks


def _matches(one: Sequence[Hashable], other: Sequence[Hashable]) -> list[tuple[int, int, int]]:
    """Return the runs that two sequences have in common: where in each, and how long."""
    from difflib import SequenceMatcher  # only where there is something to merge

    blocks = SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return [(block.a, block.b, block.size) for block in blocks if block.size]


def _regions(ours: Sequence[Hunk], theirs: Sequence[Hunk], *, apart: bool) -> Iterator[_Region]:
    """Yield the regions in their order; a hunk that touches none of the other side is one alone."""
    sides = sorted([(h, False) for h in ours] + [(h, True) for h in theirs], key=_place)
    region: _Region | None = None
    for hunk, is_theirs in sides:
        if region is None or not _touches(region, hunk, apart=apart):
            if region:
                yield region
            region = _Region(hunk.start, hunk.end, [], [])
        (region.theirs if is_theirs else region.ours).append(hunk)
        region = region._replace(end=max(region.end, hunk.end))
    if region:
        yield region


def _place(found: tuple[Hunk, bool]) -> tuple[int, int]:
    return found[0].start, found[0].end


def _touches(region: _Region, hunk: Hunk, *, apart: bool) -> bool:
    """Tell whether a hunk shares a line with a region, or puts lines in at the same place."""
    if apart:
        return hunk.start <= region.end
    return hunk.start < region.end or region.start == region.end == hunk.start == hunk.end


def _resolved(old: Lines, region: _Region, *, together: bool) -> Lines | None:
    """Return what a region becomes; None if its sides contradict each other."""
    ours, theirs = region.side(old, region.ours), region.side(old, region.theirs)
    if not region.theirs or ours == theirs:
        return ours
    if not region.ours:
        return theirs
    if not any(hunk.lines for hunk in (*region.ours, *region.theirs)):
        gone = [_covered(hunks) for hunks in (region.ours, region.theirs)]
        if gone[0] <= gone[1] or gone[1] <= gone[0]:  # the same, or more of it, is deleted
            return [old[i] for i in range(region.start, region.end) if i not in gone[0] | gone[1]]
    if together and not _covered(region.theirs):
        put_in = [line for hunk in region.theirs for line in hunk.lines]
        if not _covered(region.ours):
            if _holds(ours, put_in):
                return ours
            goes_on = _goes_on(old, region.start, ours, put_in)
            return [*ours, *put_in] if goes_on else [*put_in, *ours]
        if not any(hunk.lines for hunk in region.ours):
            return put_in
    return None


def _goes_on(old: Lines, place: int, ours: Lines, theirs: Lines) -> bool:
    """Tell whether lines put in at a place go on with what stands above it, as other ones do not.

    They do if they are the ones that are indented below it, or if no blank line parts them from it, but from what
    stands below.
    """
    deeper = _indentation(ours) - _indentation(theirs)
    if deeper:
        return deeper > 0
    above, below = (old[n].strip() if 0 <= n < len(old) else b"" for n in (place - 1, place))
    return bool(above and ours[0].strip()) and not (below and ours[-1].strip())


def _indentation(lines: Lines) -> int:
    """Return how far the first line is indented that is not blank."""
    first = next((line for line in lines if line.strip()), b"")
    return len(first) - len(first.lstrip())


def _covered(hunks: Iterable[Hunk]) -> set[int]:
    return {place for hunk in hunks for place in range(hunk.start, hunk.end)}


def _holds(lines: Lines, part: Lines) -> bool:
    """Tell whether a run of lines stands among others."""
    size = len(part)
    return any(list(lines[i : i + size]) == list(part) for i in range(len(lines) - size + 1))


def _both(ours: Lines, theirs: Lines) -> tuple[list[bytes], int]:
    """Return both sides between markers, but what they have in common only once; and how many places there are."""
    tail = _tail(ours, theirs)
    end, end_of_theirs = len(ours) - tail, len(theirs) - tail
    shared = [
        m
        for m in _matches(ours[:end], theirs[:end_of_theirs])
        if any(_says(line) for line in ours[m[0] : m[0] + m[2]])
    ]
    lines: list[bytes] = []
    conflicts = i = j = 0
    for start, other, size in [*shared, (end, end_of_theirs, tail)]:
        if i < start or j < other:
            lines += [START, *ours[i:start], MIDDLE, *theirs[j:other], END]
            conflicts += 1
        lines += ours[start : start + size]
        i, j = start + size, other + size
    return lines, conflicts


def _tail(ours: Lines, theirs: Lines) -> int:
    """Return how many lines at their ends two texts have in common."""
    pairs = zip(reversed(ours), reversed(theirs), strict=False)
    shortest = min(len(ours), len(theirs))
    return next((n for n, (one, other) in enumerate(pairs) if one != other), shortest)


def _says(line: bytes) -> bool:
    """Tell whether a line has a word in it: empty ones and brackets stand everywhere."""
    return any(chr(byte).isalnum() for byte in line)
