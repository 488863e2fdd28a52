"""What happens to the session when somebody comes or goes, and where they go next."""

from flask import request, session, url_for
from flask_login import login_user, logout_user

from ..models import User

# What visitors chose for themselves outlives log-in and log-out.
KEPT = [
    "color_scheme",
    # slot: session-kept
]


def start_session(user: User, remember: bool = False) -> None:
    """Log a user in, with nothing in the session that was planted there before."""
    renew_session()
    login_user(user, remember=remember)


def end_session() -> None:
    """Log the user out and forget what the session held."""
    renew_session()
    logout_user()


def renew_session() -> None:
    """Empty the session of all but the visitor's own choices."""
    kept = {key: session[key] for key in KEPT if key in session}
    session.clear()
    session.update(kept)


def next_url() -> str:
    """Return where the request wants to go after log-in, if that is on this site."""
    target = request.args.get("next", "")
    return target if is_local(target) else url_for("auth.account")


def is_local(target: str) -> bool:
    """Tell whether a URL is a path on this site, for every browser.

    Browsers take ``//host`` and ``/\\host`` for other hosts, and drop control
    characters before they look.
    """
    return (
        target.startswith("/")
        and not target.startswith("//")
        and "\\" not in target
        and target.isprintable()
    )
