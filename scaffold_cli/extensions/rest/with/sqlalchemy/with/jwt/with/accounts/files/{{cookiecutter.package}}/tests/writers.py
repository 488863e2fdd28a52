"""Who may write by the API, in tests."""

from ..core import App
from .credentials import CREDENTIALS
from .credentials import prepare as prepare_user

__all__ = ["CREDENTIALS", "prepare"]


def prepare(app: App) -> None:
    """Have a user who may write."""
    prepare_user(app)
    app.config["API_WRITERS"] = [CREDENTIALS["email"]]
