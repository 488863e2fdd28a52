"""The program that may have tokens, in tests."""

from ..core import App
from ..tokens.clients import hash_secret

CREDENTIALS = {"client_id": "shop", "client_secret": "nobody knows it"}


def prepare(app: App) -> None:
    """Let it have tokens."""
    app.config["API_CLIENT_ID"] = CREDENTIALS["client_id"]
    app.config["API_CLIENT_SECRET_HASH"] = hash_secret(CREDENTIALS["client_secret"])
