"""Three versions of one file, and what comes of them: merged by key, by import, and by line where nothing else tells.

What was merged has to read as each of the three does. Lines that do not touch one another may still make a file that
nobody can read, or one with a key twice; then its owner is asked.
"""

from collections.abc import Iterable

from . import imports, keyed, merge
from .imports import Head, Import
from .merge import Merged, Tags
from .readers import reads
from .tree import File


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
    by_key = keyed.merge(path, base.content, ours, theirs.content)
    if by_key is not None:
        return Merged(by_key)
    old, own, new = base, ours, theirs
    if path.endswith(".py"):
        old, own, new = _with_same_imports(base, ours, theirs)
    tags = Tags(old.tags, new.tags) if old.tags and new.tags else None
    together = theirs.policy == "derived"
    found = merge.merge(old.content, own, new.content, tags, together=together)
    if found.conflicts or reads(path, found.content):
        return found
    were_readable = all(reads(path, side) for side in (base.content, ours, theirs.content))
    return _side_by_side(ours, theirs) if were_readable else found


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
