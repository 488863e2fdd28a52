"""A user who may have tokens, in tests."""

from ..auth.accounts import add_user
from ..core import App

CREDENTIALS = {"email": "ada@example.com", "password": "correct horse battery"}


def prepare(app: App) -> None:
    """Add the user."""
    add_user(**CREDENTIALS)
