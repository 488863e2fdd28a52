@manager.command
def write_note(name: str, text: str) -> None:
    """Write the note of a name, or its next revision."""
    note = notebook.write_note(name, text)
    print(f"Written: /notes/{name}, revision {note['_rev']}")
