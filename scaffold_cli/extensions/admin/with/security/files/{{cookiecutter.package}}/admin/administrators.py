"""How somebody becomes an administrator: by the role ``admin``."""

from typing import Any

from flask import current_app

from ..models import User
from .access import ROLE


def grant(email: str) -> bool:
    """Make somebody an administrator; False if nobody has an account by this address."""
    users = datastore()
    user = users.find_user(email=User.normalise_email(email))
    if user is None:
        return False
    users.add_role_to_user(user, users.find_or_create_role(ROLE))
    users.commit()
    return True


def revoke(email: str) -> bool:
    """Make them one no more; False if there is no administrator by this address."""
    users = datastore()
    user = users.find_user(email=User.normalise_email(email))
    if user is None or not users.remove_role_from_user(user, ROLE):
        return False
    users.commit()
    return True


def datastore() -> Any:
    """Return where Flask-Security keeps the current application's users."""
    return current_app.extensions["security"].datastore
