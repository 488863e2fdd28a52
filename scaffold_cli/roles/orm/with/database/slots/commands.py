@manager.command
def wait_for_database(seconds: int = 30) -> int:
    """Wait until the database answers; exit with 1 if it does not in time."""
    until = monotonic() + seconds
    while error := connection_error():
        if monotonic() >= until:
            print(error)
            return 1
        sleep(0.5)
    return 0
