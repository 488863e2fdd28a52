"""Helpers of the application itself."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from flask import current_app
from werkzeug.security import safe_join


def add_fingerprint(endpoint: str, values: dict[str, Any]) -> None:
    """Add ``v=...`` to the URL of a static file, so that browsers may keep it long.

    Works for the static folders of the application and of its blueprints.
    """
    owner, _, name = endpoint.rpartition(".")
    if name != "static" or "filename" not in values:
        return
    folder = current_app.blueprints.get(owner, current_app).static_folder
    path = safe_join(folder, values["filename"]) if folder else None
    if path and Path(path).is_file():
        values["v"] = fingerprint(path, Path(path).stat().st_mtime_ns)


@lru_cache(maxsize=1024)
def fingerprint(path: str, modified: int) -> str:
    """Return a short hash of a file's content; read again once it was modified."""
    return sha256(Path(path).read_bytes()).hexdigest()[:12]
