"""Users, as the log-in knows them."""

from ..auth.accounts import authenticate as find_by_password
from ..auth.accounts import load_user

__all__ = ["find_by_password", "load_user"]
