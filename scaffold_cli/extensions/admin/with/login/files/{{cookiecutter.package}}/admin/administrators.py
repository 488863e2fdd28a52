"""How somebody becomes an administrator."""

from sqlalchemy import select

from ..extensions import db
from ..models import Administrator, User


def grant(email: str) -> bool:
    """Make somebody an administrator; False if nobody has an account by this address."""
    user = find_user(email)
    if user is None:
        return False
    db.session.merge(Administrator(user_id=user.id))
    db.session.commit()
    return True


def revoke(email: str) -> bool:
    """Make them one no more; False if there is no administrator by this address."""
    user = find_user(email)
    administrator = user and db.session.get(Administrator, user.id)
    if administrator is None:
        return False
    db.session.delete(administrator)
    db.session.commit()
    return True


def find_user(email: str) -> User | None:
    """Return who has an account by this address."""
    address = User.normalise_email(email)
    return db.session.scalar(select(User).filter_by(email=address))
