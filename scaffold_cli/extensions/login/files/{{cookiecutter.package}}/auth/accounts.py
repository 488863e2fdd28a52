"""Users: adding, finding and recognising them."""

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from ..extensions import db
from ..models import User
from .passwords import hash_password, is_outdated, verify_password


def load_user(session_id: str) -> User | None:
    """Return the user whom a session belongs to, if still there.

    It belongs to nobody once the password is another: see ``User.get_id``.
    """
    user_id, _, _ = session_id.partition(".")
    user = db.session.get(User, int(user_id)) if user_id.isdecimal() else None
    if user is None or user.get_id() != session_id:
        return None
    return user


def add_user(email: str, password: str) -> User | None:
    """Add a user; None if the address has an account already."""
    user = User(email=email, password_hash=hash_password(password))
    db.session.add(user)
    try:
        db.session.commit()
    except IntegrityError:  # two may come at once, so the database decides
        db.session.rollback()
        return None
    return user


def find_user(email: str) -> User | None:
    """Return the user with this address."""
    address = User.normalise_email(email)
    if "\0" in address:  # PostgreSQL refuses to look for it
        return None
    return db.session.scalar(select(User).filter_by(email=address))


def set_password(user: User, password: str) -> None:
    """Give a user another password, which ends all sessions begun with the last one."""
    user.password_hash = hash_password(password)
    db.session.commit()


def authenticate(email: str, password: str) -> User | None:
    """Return the user whom an address and a password belong to, or None."""
    user = find_user(email)
    if user is None:
        # As much work as for an account that exists: the time must not tell them apart.
        hash_password(password)
        return None
    if not verify_password(user.password_hash, password):
        return None
    if is_outdated(user.password_hash):
        set_password(user, password)
    return user
