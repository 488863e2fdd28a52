"""Users, who may have tokens."""

import re
from typing import Any, TypeGuard

from ..extensions import jwt
from ..models import User
from .users import find_by_password, load_user


def authenticate(given: dict[str, Any]) -> str | None:
    """Return what a token keeps of its user, if the password is theirs."""
    email, password = given.get("email"), given.get("password")
    if not (is_text(email) and is_text(password)):
        return None
    user = find_by_password(email, password)
    return None if user is None else user.get_id()


def is_text(value: object) -> TypeGuard[str]:
    """Tell whether a value is a text that can be looked for and hashed.

    JSON can hold null bytes, which PostgreSQL refuses, and halves of characters.
    """
    return isinstance(value, str) and not re.search("[\0\ud800-\udfff]", value)


@jwt.user_lookup_loader
def user_of(header: dict[str, Any], token: dict[str, Any]) -> User | None:
    """Return whose a token is; nobody's, once the password is another or they are gone."""
    return load_user(token["sub"])
