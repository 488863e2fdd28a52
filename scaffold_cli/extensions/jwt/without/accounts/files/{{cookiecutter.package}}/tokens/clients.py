"""The program that may have tokens."""

import hashlib
from hmac import compare_digest
from typing import Any

from flask import current_app


def authenticate(given: dict[str, Any]) -> str | None:
    """Return the client's name, if the secret is the one whose hash is in the settings."""
    name, secret = given.get("client_id"), given.get("client_secret")
    if not (isinstance(name, str) and isinstance(secret, str)):
        return None
    config = current_app.config
    known = compare_digest(name.encode(), str(config["API_CLIENT_ID"]).encode())
    expected = str(config["API_CLIENT_SECRET_HASH"]).encode()
    proven = compare_digest(hash_secret(secret).encode(), expected)
    return name if known and proven else None


def hash_secret(secret: str) -> str:
    """Hash a secret; quickly, as nobody guesses one that is 32 random bytes."""
    return hashlib.sha256(secret.encode()).hexdigest()
