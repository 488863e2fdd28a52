"""What happens to the session when somebody comes."""

from flask import session

# What visitors chose for themselves outlives log-in.
KEPT = [
    "color_scheme",
    # slot: session-kept
]


def renew_session() -> None:
    """Empty the session of all but the visitor's own choices."""
    kept = {key: session[key] for key in KEPT if key in session}
    session.clear()
    session.update(kept)
