"""From whom the provider recognises to a user of this site."""

from sqlalchemy import select

from ..extensions import db
from ..models import Identity, User
from .client import LoginError, Person
from .users import add_user, find_user, give_back


def user_of(person: Person) -> User:
    """Return somebody's account; the first time, tie the one of their address to them.

    :raises LoginError: when the provider has not verified the address, as whoever enters
        another's there would get their account here; or when it had somebody else before.
    """
    known = find_identity(issuer=person.issuer, subject=person.subject)
    if known is not None:
        return known.user
    if not (person.email and person.email_verified):
        raise LoginError("The provider has not verified the e-mail address.")
    user = find_user(person.email)
    if user is None:
        user = add_user(person.email)
    elif find_identity(issuer=person.issuer, user=user) is not None:
        raise LoginError("The account with this address is somebody else's.")
    else:
        give_back(user)
    identity = Identity(issuer=person.issuer, subject=person.subject, user=user)
    db.session.add(identity)
    db.session.commit()
    return user


def find_identity(**wanted: object) -> Identity | None:
    """Return the identity with these values."""
    return db.session.scalar(select(Identity).filter_by(**wanted))
