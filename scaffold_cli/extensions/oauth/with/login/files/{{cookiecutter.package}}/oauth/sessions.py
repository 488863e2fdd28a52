"""How somebody whom the provider recognises gets in."""

from ..auth.sessions import next_url, start_session
from .accounts import user_of
from .client import Person

__all__ = ["ENTRANCE", "log_in", "next_url"]

# Where people are sent when they could not log in.
ENTRANCE = "auth.login"


def log_in(person: Person) -> None:
    """Log somebody in to their account.

    :raises LoginError: when they cannot have one.
    """
    start_session(user_of(person))
