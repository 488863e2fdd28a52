"""Flask-Security's forms, on which somebody comes in."""

from typing import Any

import flask_security
from flask import has_request_context

from .sessions import renew_session


class LoginForm(flask_security.LoginForm):
    """Log in, with nothing in the session that was planted there before."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._fields.move_to_end("email", last=False)  # above the password

    def validate(self, **options: Any) -> bool:
        """Begin a new session for whom is let in."""
        valid = super().validate(**options)
        if valid:
            renew_session()
        return valid


class RegisterForm(flask_security.RegisterFormV2):
    """Ask for an account, and be logged in to it, in a new session as well."""

    def validate(self, **options: Any) -> bool:
        """Begin a new session for whom is let in."""
        valid = super().validate(**options)
        if valid and has_request_context():  # the command `users create` has none
            renew_session()
        return valid
