@manager.command
def forget_sessions() -> None:
    """End all sessions, for example after a leak: everybody logs in again."""
    sessions.forget_all()
