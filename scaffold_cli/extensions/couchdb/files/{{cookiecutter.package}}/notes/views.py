"""Views of the notes."""

from flask import abort, render_template

from . import notebook


def index() -> str:
    """List all notes."""
    return render_template("notes/index.html", notes=notebook.all_notes())


def note(name: str) -> str:
    """Show one note."""
    note = notebook.find_note(name)
    if note is None:
        abort(404)
    return render_template("notes/note.html", name=name, note=note)
