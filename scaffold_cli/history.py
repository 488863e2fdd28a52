"""History: what each change did, kept so that it can be finished, given up, or undone.

A change is one file, ``.scaffold/history/NNNN.zip``, with each path's content before and after. It is there, whole,
before anything else is written; its name says how far the change has come, and renaming it is one moment:

    0007.writing.zip     files are being written
    0007.conflict.zip    all files are written, some with both sides in them; the record is not moved yet
    0007.zip             done; can be undone

So whenever the process ends, all that is needed to go on, or back, is at hand.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Literal, NamedTuple
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from . import workspace
from .errors import StateError
from .state import FOLDER as OWN

FOLDER = f"{OWN}/history"
LOCK = f"{FOLDER}/lock"
PATIENCE = 5  # seconds to wait for another command
Phase = Literal["writing", "conflict", "done"]

_NAME = re.compile(r"(\d{4,})(?:\.(writing|conflict))?\.zip")
_FACTS = "change.json"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


class Change(NamedTuple):
    """One file of a change.

    Attributes:
        path: Where it is.
        before, after: Its content; None where it is not there.
        mode: Its permissions before.
    """

    path: str
    before: bytes | None
    after: bytes | None
    mode: int = 0


class Entry(NamedTuple):
    """One change of a project.

    Attributes:
        number: Its place in the history, from 1.
        phase: How far it has come.
        command: What was asked for, in words: ``add caching``.
        changes: All files, the record's last.
        conflicts: The paths at which both sides contradict each other.
        undoes: The number of the change that this one takes back; 0 if none.
    """

    number: int
    phase: Phase
    command: str
    changes: tuple[Change, ...]
    conflicts: tuple[str, ...] = ()
    undoes: int = 0


@contextmanager
def locked(root: str) -> Iterator[None]:
    """Keep other commands from changing the project meanwhile.

    Raises:
        StateError: Another one is changing it.
    """
    from filelock import FileLock, Timeout

    os.makedirs(os.path.join(root, *FOLDER.split("/")), exist_ok=True)
    lock = FileLock(os.path.join(root, *LOCK.split("/")), timeout=PATIENCE)
    try:
        lock.acquire()
    except Timeout as error:
        raise StateError(
            "Another scaffold is changing this project.", "Wait until it has ended."
        ) from error
    try:
        yield
    finally:
        lock.release()


def entries(root: str) -> dict[int, Phase]:
    """Return the changes there are: number to phase, in their order."""
    found: dict[int, Phase] = {}
    for name in _listing(root):
        if match := _NAME.fullmatch(name):
            phase: Phase = match[2] or "done"  # type: ignore[assignment]
            found[int(match[1])] = phase
    return dict(sorted(found.items()))


def unfinished(root: str) -> Entry | None:
    """Return the change that is not done, if there is one."""
    for number, phase in entries(root).items():
        if phase != "done":
            return load(root, number, phase)
    return None


def load(root: str, number: int, phase: Phase) -> Entry:
    """Read a change.

    Raises:
        StateError: It can't be read.
    """
    path = _path(root, number, phase)
    try:
        with ZipFile(path) as file:
            facts = json.loads(file.read(_FACTS))
            names = {*file.namelist()}

            def side(name: str) -> bytes | None:
                return file.read(name) if name in names else None

            changes = tuple(
                Change(path, side(f"before/{path}"), side(f"after/{path}"), mode)
                for path, mode in facts["modes"].items()
            )
    except (OSError, KeyError, ValueError, BadZipFile) as error:
        raise StateError(f"{path} can't be read: {error}.", "Go back by git.") from error
    return Entry(
        number, phase, facts["command"], changes, tuple(facts["conflicts"]), facts["undoes"]
    )


def begin(
    root: str,
    command: str,
    changes: Iterable[Change],
    conflicts: Iterable[str] = (),
    undoes: int = 0,
) -> Entry:
    """Write down a change that is to be made, before anything of it is.

    Raises:
        TargetError: There is no room for it; nothing has been written.
    """
    number = max(entries(root), default=0) + 1
    return write(root, Entry(number, "writing", command, tuple(changes), tuple(conflicts), undoes))


def write(root: str, entry: Entry) -> Entry:
    """Write a change down, in the place of what was known of it."""
    name = os.path.basename(_path(root, entry.number, entry.phase))
    workspace.replace(root, f"{FOLDER}/{name}", _packed(entry))
    return entry


def move(root: str, entry: Entry, phase: Phase) -> Entry:
    """Say that a change has come further."""
    os.replace(_path(root, entry.number, entry.phase), _path(root, entry.number, phase))
    return entry._replace(phase=phase)


def forget(root: str, number: int, phase: Phase) -> None:
    """Remove a change from the history, as if it had never been."""
    workspace.replace(root, f"{FOLDER}/{os.path.basename(_path(root, number, phase))}", None)


def _packed(entry: Entry) -> bytes:
    facts = {
        "command": entry.command,
        "modes": {change.path: change.mode for change in entry.changes},
        "conflicts": entry.conflicts,
        "undoes": entry.undoes,
    }
    sides: Mapping[str, bytes | None] = {
        f"{side}/{change.path}": content
        for change in entry.changes
        for side, content in (("before", change.before), ("after", change.after))
    }
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED, compresslevel=1) as file:
        file.writestr(ZipInfo(_FACTS, _LONG_AGO), json.dumps(facts))
        for name, content in sides.items():
            if content is not None:
                file.writestr(ZipInfo(name, _LONG_AGO), content, ZIP_DEFLATED)
    return packed.getvalue()


def _path(root: str, number: int, phase: Phase) -> str:
    word = "" if phase == "done" else f".{phase}"
    return os.path.join(root, *FOLDER.split("/"), f"{number:04}{word}.zip")


def _listing(root: str) -> list[str]:
    try:
        return os.listdir(os.path.join(root, *FOLDER.split("/")))
    except FileNotFoundError:
        return []
