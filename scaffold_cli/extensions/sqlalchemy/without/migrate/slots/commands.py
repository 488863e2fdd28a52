@manager.command
def release() -> None:
    """Create the tables that the database lacks: the release process of the Procfile."""
    db.create_all()
    if "HONCHO_PROCESS_NAME" in os.environ:
        # honcho stops all processes as soon as one of them ends.
        Event().wait()
