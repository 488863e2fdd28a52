"""Signed links for people who forgot their password.

A token names its user, and the password that it replaces: once there is another one, the
token is void. So it works once, and no record of it is kept.
"""

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer

from ..models import User
from .accounts import load_user


def make_token(user: User) -> str:
    """Return a token that lets its holder set a user's password."""
    return _serializer().dumps(user.get_id())


def read_token(token: str) -> User | None:
    """Return whose password a token may set; None if it is too old, used or not ours."""
    try:
        user_id = _serializer().loads(
            token, max_age=current_app.config["PASSWORD_RESET_MINUTES"] * 60
        )
    except BadData:
        return None
    return load_user(user_id)


def _serializer() -> URLSafeTimedSerializer:
    """Make the signer; the salt keeps tokens of other kinds from being taken."""
    return URLSafeTimedSerializer(
        current_app.config["SECRET_KEY"], salt="password-reset"
    )
