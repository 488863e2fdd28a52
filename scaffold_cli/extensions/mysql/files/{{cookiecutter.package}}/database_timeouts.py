"""How long the MySQL or MariaDB server may take."""

# Each of the two reads the comment that is meant for it.
LIMIT = "SET /*!50708 max_execution_time = {} */ /*M!100101 max_statement_time = {} */"

# Asks for the number of connections that it takes.
MOST_CONNECTIONS = "SELECT @@max_connections"


def timeouts(connect: int, statement: int) -> dict[str, object]:
    """Return the arguments of a connection that limit it.

    :param connect: seconds that connecting may take.
    :param statement: seconds that a statement may take; 0 for no limit. MySQL, unlike
        MariaDB, limits only those that read.
    """
    limits: dict[str, object] = {"connect_timeout": connect}
    if statement:
        limits["init_command"] = LIMIT.format(statement * 1000, statement)
    return limits
