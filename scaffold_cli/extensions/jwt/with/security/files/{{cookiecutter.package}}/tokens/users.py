"""Users, as Flask-Security knows them."""

from flask import current_app
from flask_security import hash_password
from sqlalchemy import select

from ..extensions import db
from ..models import User


def find_by_password(email: str, password: str) -> User | None:
    """Return the user whom an address and a password belong to, if they may log in."""
    security = current_app.extensions["security"]
    address = User.normalise_email(email)
    user = db.session.scalar(select(User).filter_by(email=address))
    if user is None or not user.password:
        # As much work as for an account that exists: the time must not tell them apart.
        hash_password(password)
        return None
    if not user.verify_and_update_password(password):
        return None
    db.session.commit()
    confirmed = user.confirmed_at is not None or not security.confirmable
    return user if user.is_active and confirmed else None


def load_user(session_id: str) -> User | None:
    """Return the user whom a token belongs to, if still there and active."""
    return db.session.scalar(
        select(User).filter_by(fs_uniquifier=session_id, active=True)
    )
