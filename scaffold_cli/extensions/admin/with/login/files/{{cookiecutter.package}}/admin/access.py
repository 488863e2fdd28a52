"""Who may use the administration."""

from flask_login import current_user


def is_administrator() -> bool:
    """Tell whether whoever is logged in may."""
    return bool(current_user.is_authenticated and current_user.administrator)
