"""Flask-Security, one for each application."""

import flask_security
from flask import Flask
from flask_security import SQLAlchemyUserDatastore
from flask_sqlalchemy import SQLAlchemy

from ..models import Role, User
from .forms import LoginForm, RegisterForm

# What is shown in place of Flask-Security's own templates.
TEMPLATES = {
    "SECURITY_LOGIN_USER_TEMPLATE": "auth/login.html",
    "SECURITY_REGISTER_USER_TEMPLATE": "auth/register.html",
    "SECURITY_CHANGE_PASSWORD_TEMPLATE": "auth/change_password.html",
    "SECURITY_VERIFY_TEMPLATE": "auth/verify.html",
}


class Security:
    """Binds Flask-Security to applications.

    Each gets an object of its own, in ``app.extensions["security"]``: one that is shared
    would have the pages of the application that it was bound to last.
    """

    def __init__(self, db: SQLAlchemy) -> None:
        self.db = db

    def init_app(self, app: Flask) -> None:
        """Bind it to an application; one object serves several."""
        for setting, template in TEMPLATES.items():
            app.config.setdefault(setting, template)
        flask_security.Security(
            app,
            SQLAlchemyUserDatastore(self.db, User, Role),
            login_form=LoginForm,
            register_form=RegisterForm,
        )
