"""Three versions of one file, and what comes of them: merged by key, by import, and by line where nothing else tells.

A merge by line knows nothing of what the lines say. So its result is looked at: it has to read as each of the three
does, and each line has to stand in the function, table or mapping that it is of. Else the owner is asked.
"""

from collections.abc import Iterable

from . import imports, keyed, merge
from .imports import Head, Import
from .merge import Merged, Tags
from .readers import reads
from .tree import File
from .whereabouts import strays


def merged(path: str, base: File | None, ours: bytes, theirs: File) -> Merged:
    """Merge three versions of a file.

    Args:
        path: Where it stands in the project; its name tells what kind of file it is.
        base: What both sides come from; None where each side has written it anew.
        ours: What its owner made of it.
        theirs: What it is to become.
    """
    if base is None:
        return _side_by_side(ours, theirs)
    try:
        by_key = keyed.merge(path, base.content, ours, theirs.content)
    except keyed.Contradiction:
        return _shown(base, ours, theirs)
    if by_key is not None:
        return Merged(by_key)
    sides = (base, ours, theirs)
    if path.endswith(".py"):
        sides = _with_same_imports(*sides)
    found = _by_line(*sides)
    if found.conflicts:
        return found
    old, own, new = sides[0].content, sides[1], sides[2].content
    astray = strays(old, own, new, found.content)
    if not astray and (
        reads(path, found.content) or not all(reads(path, s) for s in (old, own, new))
    ):
        return found
    return _shown(*sides, astray)


def _by_line(base: File, ours: bytes, theirs: File, *, apart: bool = False) -> Merged:
    tags = Tags(base.tags, theirs.tags) if base.tags and theirs.tags else None
    together = theirs.policy == "derived" and not apart
    return merge.merge(base.content, ours, theirs.content, tags, together=together, apart=apart)


def _shown(base: File, ours: bytes, theirs: File, lines: Iterable[str] = ()) -> Merged:
    """Return a conflict: as small a one as has these lines in it."""
    found = _by_line(base, ours, theirs, apart=True)
    if found.conflicts and {*lines} <= merge.disputed(found.content):
        return found
    return _side_by_side(ours, theirs)


def _side_by_side(ours: bytes, theirs: File) -> Merged:
    """Return both sides of all that the two do not have in common."""
    return merge.merge(b"", ours, theirs.content)


def _with_same_imports(base: File, ours: bytes, theirs: File) -> tuple[File, bytes, File]:
    """Merge the imports by name; return all three versions with what comes of that, so that only the rest differs.

    Two sides that each import a name from one module change one line, and contradict each other in nothing.
    """
    old, own, new = (imports.head(side) for side in (base.content, ours, theirs.content))
    if not (old and own and new):
        return base, ours, theirs
    left = (own.imports | (new.imports - old.imports)) - (old.imports - new.imports)
    if not left:
        return base, ours, theirs
    text = merge.with_ends_of(ours, own.instead(left).encode())
    return _importing(base, old, left), text, _importing(theirs, new, left)


def _importing(file: File, head: Head, left: Iterable[Import]) -> File:
    """Return a module with other imports in the place of its own."""
    text = head.instead(left)
    size = text.count("\n") - head.text.count("\n") + head.end - head.start
    tags = (*file.tags[: head.start], *("",) * size, *file.tags[head.end :])
    return file._replace(content=text.encode(), tags=tags if file.tags else ())
