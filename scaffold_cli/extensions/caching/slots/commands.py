@manager.command
def clear_cache() -> None:
    """Forget all that is cached, for example after a change outside the application."""
    cache.clear()
