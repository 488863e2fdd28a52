"""History: what each change did, kept so that it can be finished, given up, or undone.

A change is one file, ``.scaffold/history/NNNN.zip``, with each path's content before and after. It is there, whole,
before anything else is written; its name says how far the change has come, and renaming it is one moment:

    0007.writing.zip     files are being written
    0007.conflict.zip    all files are written, some with both sides in them; the record is not moved yet
    0007.zip             done; can be undone
    0007.undone.zip      taken back by a later change, and of no more use when that is done

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
from zlib import error as ZlibError  # noqa: N812

from . import workspace
from .errors import StateError, TargetError
from .state import BASE, IGNORE, STATE
from .state import FOLDER as OWN
from .tree import is_allowed

FOLDER = f"{OWN}/history"
LOCK = f"{FOLDER}/lock"
PATIENCE = 5  # seconds to wait for another command
Phase = Literal["writing", "conflict", "done"]

_UNDONE = "undone"
_NAME = re.compile(r"(\d{4,})(?:\.(writing|conflict|undone))?\.zip")
_FACTS = "change.json"
_UNREADABLE = (
    OSError,
    LookupError,
    TypeError,
    ValueError,
    AttributeError,
    RuntimeError,
    BadZipFile,
    ZlibError,
)
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


class Change(NamedTuple):
    """One file of a change.

    Attributes:
        path: Where it is.
        before, after: Its content; None where it is not there.
        mode: Its permissions before; 0 if it is not there.
        mode_after: Its permissions after, if it is not there before; 0 for those of a new file.
    """

    path: str
    before: bytes | None
    after: bytes | None
    mode: int = 0
    mode_after: int = 0


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

    workspace.make_folder(root, FOLDER)
    lock = FileLock(os.path.join(root, *LOCK.split("/")), timeout=PATIENCE)
    try:
        lock.acquire()
    except Timeout as error:
        raise StateError(
            "Another scaffold is changing this project.", "Wait until it has ended."
        ) from error
    except OSError as error:
        raise workspace.unwritable(lock.lock_file, error) from error
    try:
        _tidy(root)
        yield
    finally:
        lock.release()


def _tidy(root: str) -> None:
    """Remove what processes have left here that were killed."""
    there = entries(root)
    is_calm = all(phase == "done" for phase in there.values())
    kept = {_file(number, phase) for number, phase in there.items()}
    for name in _listing(root):
        is_left = is_calm and _NAME.fullmatch(name) and name not in kept
        if is_left or name.endswith(workspace.BESIDE):
            workspace.discard(root, f"{FOLDER}/{name}")


def entries(root: str) -> dict[int, Phase]:
    """Return the changes there are: number to phase, in their order."""
    found: dict[int, Phase] = {}
    for name in sorted(_listing(root)):  # so that what is done wins
        match = _NAME.fullmatch(name)
        if match and match[2] != _UNDONE:
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
                Change(_checked(path), side(f"before/{path}"), side(f"after/{path}"), *modes)
                for path, modes in facts["modes"].items()
            )
            conflicts = tuple(map(_checked, facts["conflicts"]))
            return Entry(number, phase, facts["command"], changes, conflicts, facts["undoes"])
    except _UNREADABLE as error:
        raise StateError(
            f"{path} can't be read: {error}.", "Remove it, and go back by git."
        ) from error


def _checked(path: str) -> str:
    """Return a path of a change, if it is one that a change can have: the file may come from somebody else."""
    if path not in (STATE, IGNORE) and not is_allowed(path.removeprefix(f"{BASE}/")):
        raise ValueError(f"it names {path!r}, which no project has")
    return path


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
    entry = Entry(number, "writing", command, tuple(changes), tuple(conflicts), undoes)
    try:
        _write(root, entry)
    except TargetError as error:
        raise TargetError(
            error.message, "Nothing has been changed. Make room and rights for it, then again."
        ) from error
    return entry


def wait(root: str, entry: Entry) -> Entry:
    """Say that all files of a change are written, and that it waits for its owner."""
    _rename(root, entry.number, entry.phase, "conflict")
    return entry._replace(phase="conflict")


def reopen(root: str, entry: Entry) -> Entry:
    """Say that not all files of a change are written any more."""
    _rename(root, entry.number, entry.phase, "writing")
    return entry._replace(phase="writing")


def close(root: str, entry: Entry) -> Entry:
    """Say that a change is done; one that takes another one back is forgotten with that one."""
    done = entry._replace(phase="done")
    if entry.undoes:
        _rename(root, entry.undoes, "done", _UNDONE)
        _remove(root, entry.number, entry.phase)
        _remove(root, entry.undoes, _UNDONE)
    elif entry.phase == "conflict":
        _write(root, done)  # with what its owner has made of the conflicts
        _remove(root, entry.number, "conflict")
    else:
        _rename(root, entry.number, entry.phase, "done")
    return done


def forget(root: str, entry: Entry) -> None:
    """Remove a change that is given up, as if it had never been begun."""
    if entry.undoes:
        _rename(root, entry.undoes, _UNDONE, "done")
    _remove(root, entry.number, entry.phase)


def _write(root: str, entry: Entry) -> None:
    workspace.replace(root, f"{FOLDER}/{_file(entry.number, entry.phase)}", _packed(entry))


def _rename(root: str, number: int, phase: str, new: str) -> None:
    """Rename a change's file, unless that has been done before."""
    old, path = _path(root, number, phase), _path(root, number, new)
    try:
        if os.path.exists(old):
            os.replace(old, path)
    except OSError as error:
        raise workspace.unwritable(path, error) from error


def _remove(root: str, number: int, phase: str) -> None:
    workspace.replace(root, f"{FOLDER}/{_file(number, phase)}", None)


def _packed(entry: Entry) -> bytes:
    facts = {
        "command": entry.command,
        "modes": {change.path: (change.mode, change.mode_after) for change in entry.changes},
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


def _path(root: str, number: int, phase: str) -> str:
    return os.path.join(root, *FOLDER.split("/"), _file(number, phase))


def _file(number: int, phase: str) -> str:
    return f"{number:04}{'' if phase == 'done' else f'.{phase}'}.zip"


def _listing(root: str) -> list[str]:
    try:
        return os.listdir(os.path.join(root, *FOLDER.split("/")))
    except (FileNotFoundError, NotADirectoryError):
        return []
