"""The base of all models, and the address of the database."""

from sqlalchemy import MetaData
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, TimeoutError
from sqlalchemy.orm import DeclarativeBase

# Every constraint gets a name, by which it can be found and dropped later.
NAMING_CONVENTION = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# The driver for an address that names none.
DRIVERS = {
    # slot: database-drivers
}


class Base(DeclarativeBase):
    """What every model inherits from: ``class Page(Base)``."""

    metadata = MetaData(naming_convention=NAMING_CONVENTION)


def database_url(url: str) -> str:
    """Return an address in the form SQLAlchemy expects: with a driver."""
    scheme, separator, rest = url.partition("://")
    return DRIVERS.get(scheme, scheme) + separator + rest


def is_outage(error: Exception) -> bool:
    """Tell whether the database cannot be reached, or was lost meanwhile.

    Connecting and committing have no statement; TimeoutError is that all connections
    of the pool are in use.
    """
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return True
    if isinstance(error, OperationalError | InterfaceError):
        return error.statement is None
    return isinstance(error, TimeoutError)
