"""How long the PostgreSQL server may take."""

# Asks for the number of connections that it takes.
MOST_CONNECTIONS = "SELECT current_setting('max_connections')::int"


def timeouts(connect: int, statement: int) -> dict[str, object]:
    """Return the arguments of a connection that limit it.

    :param connect: seconds that connecting may take.
    :param statement: seconds that a statement may take; 0 for no limit.
    """
    limits: dict[str, object] = {"connect_timeout": connect}
    if statement:
        limits["options"] = f"-c statement_timeout={statement * 1000}"
    return limits
