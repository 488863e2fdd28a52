"""Flask-Security's forms, on which somebody comes in."""

from typing import Any

import flask_security
from flask import session

# What visitors chose for themselves outlives log-in.
KEPT = ("color_scheme",)


class LoginForm(flask_security.LoginForm):
    """Log in, with nothing in the session that was planted there before."""

    def validate(self, **options: Any) -> bool:
        """Begin a new session for whom is let in."""
        return super().validate(**options) and renew_session()


class RegisterForm(flask_security.RegisterFormV2):
    """Ask for an account, and be logged in to it, in a new session as well."""

    def validate(self, **options: Any) -> bool:
        """Begin a new session for whom is let in."""
        return super().validate(**options) and renew_session()


def renew_session() -> bool:
    """Empty the session of all but the visitor's own choices."""
    kept = {key: session[key] for key in KEPT if key in session}
    session.clear()
    session.update(kept)
    return True
