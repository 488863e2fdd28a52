"""A new session, when somebody comes or goes."""

from flask import session

# What visitors chose for themselves outlives log-in and log-out.
KEPT = ("color_scheme",)


def renew_session() -> None:
    """Empty the session of all but the visitor's own choices."""
    kept = {key: session[key] for key in KEPT if key in session}
    session.clear()
    session.update(kept)
