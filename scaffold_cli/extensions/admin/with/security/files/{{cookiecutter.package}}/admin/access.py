"""Who may use the administration."""

from flask_security import current_user

ROLE = "admin"


def is_administrator() -> bool:
    """Tell whether whoever is logged in may."""
    return bool(current_user.is_authenticated and current_user.has_role(ROLE))
