"""How somebody whom the provider recognises gets in."""

from flask import request, url_for
from flask_security import login_user

from ..auth.sessions import renew_session
from .accounts import user_of
from .client import LoginError, Person
from .redirects import is_local

# Where people are sent when they could not log in.
ENTRANCE = "auth.login"


def log_in(person: Person) -> None:
    """Log somebody in to their account.

    :raises LoginError: when they cannot have one, or it is not active.
    """
    user = user_of(person)
    if not user.is_active:
        raise LoginError("The account is not active.")
    renew_session()
    login_user(user, authn_via=["oauth"])


def next_url() -> str:
    """Return where the request wants to go after log-in, if that is on this site."""
    target = request.args.get("next", "")
    return target if is_local(target) else url_for("account.account")
