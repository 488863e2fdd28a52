"""A new session, when somebody comes or goes."""

from flask import session


def renew_session() -> None:
    """Empty the session: nothing in it was planted there before."""
    session.clear()
