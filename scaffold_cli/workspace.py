"""Working trees: the only module that writes a project's files."""

import os
from collections.abc import Mapping

from .errors import TargetError


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
