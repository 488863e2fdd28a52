"""Users of those whom the provider recognises."""

from flask import current_app
from sqlalchemy import select

from ..extensions import db
from ..models import User


def find_user(email: str) -> User | None:
    """Return the user with this address."""
    address = User.normalise_email(email)
    return db.session.scalar(select(User).filter_by(email=address))


def add_user(email: str) -> User:
    """Add a user without a password, whose address the provider has verified."""
    security = current_app.extensions["security"]
    confirmed_at = security.datetime_factory()
    user: User = security.datastore.create_user(email=email, confirmed_at=confirmed_at)
    return user


def give_back(user: User) -> None:
    """Give an account to whom its address belongs: with no password, in no session.

    Unless the address was confirmed: else anybody could have registered it beforehand.
    """
    if user.confirmed_at is None:
        security = current_app.extensions["security"]
        user.password = None
        user.confirmed_at = security.datetime_factory()
        security.datastore.set_uniquifier(user)
