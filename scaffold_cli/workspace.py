"""Working trees: the only module that writes a project's files."""

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress

from .errors import TargetError

BESIDE = ".scaffold.tmp"  # the end of the name of a file that is still being written


def check_target(target: str) -> None:
    """Refuse a folder that a new project can't take.

    Raises:
        TargetError: It is a file, holds something, or can't be made.
    """
    if os.path.lexists(target) and not os.path.isdir(target):
        raise TargetError(f"{target} is there already and is no folder.", "Choose another name.")
    try:
        if os.path.isdir(target) and os.listdir(target):
            raise TargetError(
                f"{target} is not empty.", "Choose another name, or another folder with -o DIR."
            )
    except OSError as error:
        raise _refused(target, error) from error


def create(target: str, files: Mapping[str, bytes]) -> None:
    """Write a new project, whole or not at all.

    Everything goes into a sibling folder first, which is renamed at the end.

    Args:
        target: The project's folder; absent or empty.
        files: Path to content.

    Raises:
        TargetError: The folder can't be written; nothing is left behind.
    """
    check_target(target)
    parent, name = os.path.split(os.path.abspath(target))
    beside = os.path.join(parent, f".{name}.{os.urandom(4).hex()}.tmp")
    made = _missing(parent)
    try:
        os.makedirs(beside)
        write(beside, files)
        if os.path.isdir(target):
            os.rmdir(target)
        os.rename(beside, target)
    except BaseException as error:  # Ctrl-C, too, leaves nothing behind
        _discard(beside, made)
        if isinstance(error, OSError):
            raise _refused(target, error) from error
        raise


def write(root: str, files: Mapping[str, bytes]) -> None:
    """Write files below a folder; what stands in their place is replaced.

    Raises:
        OSError: The first one that failed.
    """
    folders = {root}
    for path, content in files.items():
        full = os.path.join(root, *path.split("/"))
        folder = os.path.dirname(full)
        if folder not in folders:
            os.makedirs(folder, exist_ok=True)
            folders.add(folder)
        mode = 0o777 if content.startswith(b"#!") else 0o666  # less the user's umask
        _replace(full, content, mode)


def read(root: str, paths: Iterable[str]) -> dict[str, bytes | None]:
    """Read what stands at some paths of a project; no link is followed.

    Args:
        root: The project's folder.
        paths: Relative paths, with ``/``.

    Returns:
        Path to content; None where something else than a plain file stands, or stands in the way. Missing ones
        are left out.

    Raises:
        TargetError: A file can't be read.
    """
    found: dict[str, bytes | None] = {}
    for path in paths:
        full = os.path.join(root, *path.split("/"))
        try:
            kind = _kind(root, path)
            if kind == stat.S_IFREG:
                with open(full, "rb") as file:
                    found[path] = file.read()
            elif kind:
                found[path] = None
        except OSError as error:
            raise TargetError(
                f"{full} can't be read: {error.strerror}.", "Mend its rights."
            ) from error
    return found


def _kind(root: str, path: str) -> int | None:
    """Return the file type of what stands at a path, or in the way to it; None if there is nothing."""
    full = root
    *folders, name = path.split("/")
    for folder in folders:
        full = os.path.join(full, folder)
        kind = _type(full)
        if kind != stat.S_IFDIR:
            return kind and stat.S_IFLNK  # something in the way, whatever it is
    return _type(os.path.join(full, name))


def _type(path: str) -> int | None:
    try:
        return stat.S_IFMT(os.lstat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return None


def mode(root: str, path: str) -> int:
    """Return the permissions of a file; 0 if it is not there."""
    try:
        return stat.S_IMODE(os.lstat(os.path.join(root, *path.split("/"))).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return 0


def replace(root: str, path: str, content: bytes | None, permissions: int = 0) -> None:
    """Put a file in the place of what stands there, in one moment; None takes it away.

    Folders come and go with their files.

    Args:
        root: The project's folder.
        path: Where the file is, relative to it.
        content: What is to stand there.
        permissions: Of a file that was not there; by default those of a new one, or of a new script.

    Raises:
        TargetError: It can't be written, or a link leads out of the project.
    """
    with _taking(root, path, stat.S_IFREG, "plain file") as full:
        if content is None:
            _remove(root, full)
        else:
            os.makedirs(os.path.dirname(full), exist_ok=True)
            _put(full, content, permissions)


def make_folder(root: str, path: str) -> None:
    """Make a folder of a project, if it is not there.

    Raises:
        TargetError: It can't be made, or a link leads out of the project.
    """
    with _taking(root, path, stat.S_IFDIR, "folder") as full:
        os.makedirs(full, exist_ok=True)


@contextmanager
def _taking(root: str, path: str, kind: int, name: str) -> Iterator[str]:
    """Give the whole path of what is to be written, where nothing of another kind stands; say what failed."""
    full = os.path.join(root, *path.split("/"))
    try:
        if _kind(root, path) not in (None, kind):
            raise TargetError(f"{full} is no {name}.", "Move it out of the way.")
        yield full
    except OSError as error:
        raise unwritable(full, error) from error


def unwritable(full: str, error: OSError) -> TargetError:
    """Return what to tell of a file of a project that can't be written."""
    return TargetError(
        f"{full} can't be written: {error.strerror or error}.",
        "Make room and rights for it, then: scaffold continue, or scaffold abort",
    )


def sweep(root: str, path: str) -> None:
    """Remove what an interrupted `replace` of a file may have left: one beside it, and empty folders."""
    discard(root, _beside(path))


def discard(root: str, path: str) -> None:
    """Remove a file if that can be done, and the folders that it was alone in."""
    with suppress(OSError):
        if _kind(root, path) in (None, stat.S_IFREG):
            _remove(root, os.path.join(root, *path.split("/")))


def _beside(path: str) -> str:
    """Return the name under which a file is written before it takes its place."""
    folder, name = os.path.split(path)
    return os.path.join(folder, f".{name}{BESIDE}")


def _put(full: str, content: bytes, permissions: int) -> None:
    beside = _beside(full)
    try:
        _replace(beside, content, 0o777 if content.startswith(b"#!") else 0o666)
        if os.path.exists(full):
            permissions = stat.S_IMODE(os.stat(full).st_mode)
        if permissions:
            os.chmod(beside, permissions)
        os.replace(beside, full)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


def _remove(root: str, full: str) -> None:
    with suppress(FileNotFoundError):
        os.unlink(full)
    folder = os.path.dirname(full)
    with suppress(OSError):  # up to the first that holds something else
        while folder != root:
            os.rmdir(folder)
            folder = os.path.dirname(folder)


def _replace(path: str, content: bytes, mode: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags, mode)
    except FileExistsError:
        os.unlink(path)
        descriptor = os.open(path, flags, mode)
    try:
        view = memoryview(content)
        while view:
            view = view[os.write(descriptor, view) :]
    finally:
        os.close(descriptor)


def _missing(folder: str) -> list[str]:
    """Return the folders that must be made above a path, the deepest first."""
    missing = []
    while folder and not os.path.lexists(folder):
        missing.append(folder)
        folder = os.path.dirname(folder)
    return missing


def _discard(beside: str, made: list[str]) -> None:
    """Take back what an unfinished `create` made."""
    from contextlib import suppress
    from shutil import rmtree

    rmtree(beside, ignore_errors=True)
    for folder in made:
        with suppress(OSError):  # never made, or somebody else's by now
            os.rmdir(folder)


def _refused(target: str, error: OSError) -> TargetError:
    return TargetError(
        f"{target} can't be written: {error.strerror or error}.",
        "Choose another folder with -o DIR, or make room and rights in this one.",
    )
