"""Flask-Security, one for each application."""

import flask_security
from flask import Flask
from flask_security import SQLAlchemyUserDatastore
from flask_sqlalchemy import SQLAlchemy

from ..models import Role, User
from .forms import LoginForm, RegisterForm
from .mailing import MailUtil, absolute, check_settings

# What is shown and mailed in place of Flask-Security's own templates.
TEMPLATES = {
    "SECURITY_LOGIN_USER_TEMPLATE": "auth/login.html",
    "SECURITY_REGISTER_USER_TEMPLATE": "auth/register.html",
    "SECURITY_CHANGE_PASSWORD_TEMPLATE": "auth/change_password.html",
    "SECURITY_VERIFY_TEMPLATE": "auth/verify.html",
    "SECURITY_FORGOT_PASSWORD_TEMPLATE": "auth/forgot_password.html",
    "SECURITY_RESET_PASSWORD_TEMPLATE": "auth/reset_password.html",
    "SECURITY_SEND_CONFIRMATION_TEMPLATE": "auth/send_confirmation.html",
    "SECURITY_REGISTER_EMAIL_TEMPLATE": "auth/email/welcome",
    "SECURITY_REGISTER_EMAIL_EXISTING_TEMPLATE": "auth/email/existing",
    "SECURITY_EMAIL_TEMPLATE_CONFIRM": "auth/email/confirm",
    "SECURITY_EMAIL_TEMPLATE_PASSWORD_RESET": "auth/email/reset",
    "SECURITY_EMAIL_TEMPLATE_PASSWORD_RESET_NOTICE": "auth/email/changed",
    "SECURITY_EMAIL_TEMPLATE_PASSWORD_CHANGE_NOTICE": "auth/email/changed",
}


class Security:
    """Binds Flask-Security to applications.

    Each gets an object of its own, in ``app.extensions["security"]``: one that is shared
    would have the pages of the application that it was bound to last.
    """

    def __init__(self, db: SQLAlchemy) -> None:
        self.db = db

    def init_app(self, app: Flask) -> None:
        """Bind it to an application; one object serves several.

        :raises SettingsError: when mail is to be sent, and ``SITE_URL`` is missing.
        """
        check_settings(app)
        for setting, template in TEMPLATES.items():
            app.config.setdefault(setting, template)
        security = flask_security.Security(
            app,
            SQLAlchemyUserDatastore(self.db, User, Role),
            login_form=LoginForm,
            register_form=RegisterForm,
            mail_util_cls=MailUtil,
        )
        security.mail_context_processor(lambda: {"absolute": absolute})
