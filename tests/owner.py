"""What an owner does to the files of a project, drawn by Hypothesis; each line of theirs has a mark of its own."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import count

from hypothesis import strategies as st

_MARK = re.compile(rb"owner-\d+")


def marks(content: bytes) -> set[bytes]:
    """Return the marks of the owner's lines in a file, whatever its encoding."""
    return {*_MARK.findall(content.replace(b"\0", b""))}


class Owner:
    """Somebody who edits files; no two lines of theirs are alike."""

    def __init__(self) -> None:
        self._numbers = count()

    def lines(self, number: int) -> list[bytes]:
        """Write some lines, each a comment in most languages and wrong in others."""
        return [b"# owner-%d" % next(self._numbers) for _ in range(number)]

    def edit(self, draw: st.DrawFn, content: bytes) -> bytes:
        """Change a file in some way."""
        names = ["insert", "insert", "insert", *sorted(EDITS)]
        name = draw(st.sampled_from(names), label="edit")
        return EDITS[name](self, draw, content)


Edit = Callable[[Owner, st.DrawFn, bytes], bytes]


def _place(draw: st.DrawFn, lines: Sequence[bytes]) -> int:
    return draw(st.integers(0, len(lines)), label="line")


def _spliced(lines: list[bytes], place: int, gone: int, new: Iterable[bytes]) -> bytes:
    dos = bool(lines) and lines[0].endswith(b"\r")
    lines[place : place + gone] = [line + b"\r" if dos else line for line in new]
    return b"\n".join(lines)


def _insert(owner: Owner, draw: st.DrawFn, content: bytes) -> bytes:
    lines = content.split(b"\n")
    new = owner.lines(draw(st.integers(1, 3), label="lines"))
    return _spliced(lines, _place(draw, lines), 0, new)


def _change(owner: Owner, draw: st.DrawFn, content: bytes) -> bytes:
    lines = content.split(b"\n")
    return _spliced(
        lines, _place(draw, lines), draw(st.integers(1, 3), label="lines"), owner.lines(1)
    )


def _delete(owner: Owner, draw: st.DrawFn, content: bytes) -> bytes:
    lines = content.split(b"\n")
    return _spliced(lines, _place(draw, lines), draw(st.integers(1, 8), label="lines"), [])


def _move(owner: Owner, draw: st.DrawFn, content: bytes) -> bytes:
    lines = content.split(b"\n")
    place, size = _place(draw, lines), draw(st.integers(1, 4), label="lines")
    moved = lines[place : place + size]
    del lines[place : place + size]
    return _spliced(lines, _place(draw, lines), 0, moved)


def _append(owner: Owner, draw: st.DrawFn, content: bytes) -> bytes:
    return content + b"\n" + owner.lines(1)[0]


def _with_windows_ends(owner: Owner, draw: st.DrawFn, content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def _with_mixed_ends(owner: Owner, draw: st.DrawFn, content: bytes) -> bytes:
    lines = content.split(b"\n")
    place = _place(draw, lines)
    return b"\r\n".join(line.removesuffix(b"\r") for line in lines[:place]) + b"\n".join(
        [b"", *lines[place:]]
    )


def _without_final_end(owner: Owner, draw: st.DrawFn, content: bytes) -> bytes:
    return content.rstrip(b"\r\n")


def _in_utf_16(owner: Owner, draw: st.DrawFn, content: bytes) -> bytes:
    return content.decode("utf-8", "replace").encode("utf-16") if b"\0" not in content else content


def _in_latin_1(owner: Owner, draw: st.DrawFn, content: bytes) -> bytes:
    lines = content.split(b"\n")
    return _spliced(lines, _place(draw, lines), 0, [owner.lines(1)[0] + b" \xe9t\xe9"])


def _with_bom(owner: Owner, draw: st.DrawFn, content: bytes) -> bytes:
    return b"\xef\xbb\xbf" + content.removeprefix(b"\xef\xbb\xbf")


def _empty(owner: Owner, draw: st.DrawFn, content: bytes) -> bytes:
    return b""


EDITS: dict[str, Edit] = {
    edit.__name__[1:]: edit
    for edit in (
        _insert,
        _change,
        _delete,
        _move,
        _append,
        _with_windows_ends,
        _with_mixed_ends,
        _without_final_end,
        _in_utf_16,
        _in_latin_1,
        _with_bom,
        _empty,
    )
}
