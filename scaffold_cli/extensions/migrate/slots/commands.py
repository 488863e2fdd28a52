@manager.command
def release() -> None:
    """Bring the database up to date: the release process of the Procfile."""
    upgrade()
    if "HONCHO_PROCESS_NAME" in os.environ:
        # honcho stops all processes as soon as one of them ends.
        Event().wait()
