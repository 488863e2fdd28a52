"""Which files are taken, and where they are kept."""

from pathlib import Path

from flask import Flask
from werkzeug.datastructures import FileStorage

# What files of a type begin with; text may begin with anything.
SIGNATURES = {
    "gif": (b"GIF87a", b"GIF89a"),
    "jpeg": (b"\xff\xd8\xff",),
    "jpg": (b"\xff\xd8\xff",),
    "pdf": (b"%PDF-",),
    "png": (b"\x89PNG\r\n\x1a\n",),
}
TEXTS = ("csv", "txt")
FILE_TYPES = (*SIGNATURES, *TEXTS)


def default_folder(app: Flask) -> str:
    """Return where an application keeps them, unless its settings say."""
    return str(Path(app.instance_path, "uploads"))


def stored(folder: str) -> list[Path]:
    """Return the files in a folder of uploads, the newest first.

    Each lies in a folder of its own, whose name nobody can guess.
    """
    files = [path for path in Path(folder).glob("*/*") if path.is_file()]
    return sorted(files, key=lambda path: path.stat().st_mtime, reverse=True)


def size_of(file: FileStorage) -> int:
    """Return the size of an uploaded file in bytes."""
    size = file.stream.seek(0, 2)
    file.stream.seek(0)
    return size


def is_what_it_says(file: FileStorage) -> bool:
    """Tell whether an uploaded file begins as files of its type do."""
    head = file.stream.read(1024)
    file.stream.seek(0)
    suffix = Path(file.filename or "").suffix.lower().removeprefix(".")
    if suffix in TEXTS:
        return b"\0" not in head
    return head.startswith(SIGNATURES.get(suffix, ()))
