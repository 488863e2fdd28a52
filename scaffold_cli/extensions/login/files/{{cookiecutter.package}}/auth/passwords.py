"""Passwords are kept as argon2id hashes only."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

# Its defaults are RFC 9106's for little memory; raise them here when machines get faster.
hasher = PasswordHasher()


def hash_password(password: str) -> str:
    """Return a salted hash, which tells its own parameters."""
    return hasher.hash(password)


def verify_password(password_hash: str, password: str) -> bool:
    """Tell whether a password is the one hashed."""
    try:
        return hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(password_hash: str) -> bool:
    """Tell whether a hash was made with other parameters than today's."""
    return hasher.check_needs_rehash(password_hash)
