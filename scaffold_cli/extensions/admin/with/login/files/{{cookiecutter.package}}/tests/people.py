"""Somebody with an account."""

from ..extensions import db
from ..models import User


def add_user(email: str) -> User:
    """Add somebody with an account."""
    user = User(email=email, password_hash="none")
    db.session.add(user)
    db.session.commit()
    return user
