"""Who may write by the API, in tests."""

from .credentials import CREDENTIALS, prepare

__all__ = ["CREDENTIALS", "prepare"]
