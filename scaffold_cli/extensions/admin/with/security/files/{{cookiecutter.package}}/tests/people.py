"""Somebody with an account."""

from flask import current_app

from ..models import User


def add_user(email: str) -> User:
    """Add somebody with an account."""
    security = current_app.extensions["security"]
    user: User = security.datastore.create_user(
        email=email, confirmed_at=security.datetime_factory()
    )
    security.datastore.commit()
    return user
