"""Users of those whom the provider recognises."""

from ..auth.accounts import find_user
from ..extensions import db
from ..models import User

__all__ = ["add_user", "find_user", "give_back"]

# No password has this hash.
NO_PASSWORD = ""


def add_user(email: str) -> User:
    """Add a user without a password."""
    user = User(email=email, password_hash=NO_PASSWORD)
    db.session.add(user)
    return user


def give_back(user: User) -> None:
    """Give an account to whom its address belongs: with no password, in no session.

    Nobody had to confirm the address, so anybody could have registered it beforehand.
    """
    user.password_hash = NO_PASSWORD
