"""Users, who may have tokens."""

from typing import Any

from ..extensions import jwt
from ..models import User
from .users import find_by_password, load_user


def authenticate(given: dict[str, Any]) -> str | None:
    """Return what a token keeps of its user, if the password is theirs."""
    email, password = given.get("email"), given.get("password")
    if not (isinstance(email, str) and isinstance(password, str)):
        return None
    user = find_by_password(email, password)
    return None if user is None else user.get_id()


@jwt.user_lookup_loader
def user_of(header: dict[str, Any], token: dict[str, Any]) -> User | None:
    """Return whose a token is; nobody's, once the password is another or they are gone."""
    return load_user(token["sub"])
