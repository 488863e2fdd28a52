"""Whether the connections of all processes fit the database server."""

import os
from collections.abc import Iterator

from flask import Flask

from .core.checks import Finding
from .database_server import most_connections


def pool_size(app: Flask) -> Iterator[Finding]:
    """Compare the pool before a deployment: with threads, and with the server."""
    size: int = app.config["DATABASE_POOL_SIZE"]
    threads = int(os.environ.get("WEB_THREADS") or 0)
    if threads > size:
        message = f"{threads} threads wait for {size} connections to the database"
        mend = "Leave DATABASE_POOL_SIZE out, or set it to WEB_THREADS"
        yield Finding("warning", message, mend)
    if app.config.get("DATABASE_POOLER"):
        return  # it is the pooler's connections that count
    processes = int(os.environ.get("WEB_CONCURRENCY") or 1)
    most = most_connections()
    if most is not None and processes * size > most:
        message = f"{processes} processes want {size} connections each of {most}"
        mend = "Set DATABASE_POOL_SIZE or WEB_CONCURRENCY lower, or use a pooler"
        yield Finding("error", message, mend)
