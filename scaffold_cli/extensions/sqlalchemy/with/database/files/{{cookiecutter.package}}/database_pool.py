"""The pool of connections to the database server, of which each process has one."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import make_url

from .database_timeouts import timeouts


def engine_options(config: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options of SQLAlchemy's engine; for SQLite there is nothing to say.

    What SQLALCHEMY_ENGINE_OPTIONS says wins, and of timeouts what the address says.
    """
    given: dict[str, Any] = config.get("SQLALCHEMY_ENGINE_OPTIONS", {})
    url = make_url(config["SQLALCHEMY_DATABASE_URI"])
    if url.get_backend_name() == "sqlite":
        return given
    limits = timeouts(
        config["DATABASE_CONNECT_TIMEOUT"], config["DATABASE_STATEMENT_TIMEOUT"]
    )
    arguments = {**limits, **config.get("DATABASE_CONNECT_ARGS", {})}
    return {
        "pool_size": config["DATABASE_POOL_SIZE"],
        "max_overflow": 0,  # beyond that size
        "pool_timeout": config["DATABASE_POOL_TIMEOUT"],
        "pool_recycle": config["DATABASE_POOL_RECYCLE"],
        # A connection that the server has closed meanwhile is replaced before it is used.
        "pool_pre_ping": True,
        "connect_args": {k: v for k, v in arguments.items() if k not in url.query},
        **given,
    }
