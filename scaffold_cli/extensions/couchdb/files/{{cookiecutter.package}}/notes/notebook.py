"""Notes as documents: their keys begin with ``note:``, so that others have room beside."""

from datetime import UTC, datetime

from ..couch import Document
from ..extensions import couchdb

PREFIX = "note:"


def write_note(name: str, text: str) -> Document:
    """Keep a note; it is the next revision of the one that has this name already.

    :raises ConflictError: when somebody else is writing it at the same time.
    """
    note = find_note(name) or {"_id": PREFIX + name}
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return couchdb.save({**note, "text": text, "written_at": now})


def find_note(name: str) -> Document | None:
    """Return the note with this name."""
    return couchdb.get(PREFIX + name)


def all_notes() -> dict[str, Document]:
    """Return all notes by their names."""
    return {note["_id"].removeprefix(PREFIX): note for note in couchdb.all(PREFIX)}
