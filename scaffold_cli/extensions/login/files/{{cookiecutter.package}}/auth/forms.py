"""Forms of the accounts."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, PasswordField, SubmitField
from wtforms.validators import Email, EqualTo, InputRequired, Length


class RegisterForm(FlaskForm):
    """Ask for an account."""

    email = EmailField(
        "E-mail address",
        [InputRequired(), Email(), Length(max=254)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        "Password",
        [InputRequired(), Length(min=8, max=128)],
        render_kw={"autocomplete": "new-password"},
    )
    repeated = PasswordField(
        "The same password again",
        [EqualTo("password", "The passwords differ.")],
        render_kw={"autocomplete": "new-password"},
    )
    register = SubmitField("Register")


class LoginForm(FlaskForm):
    """Log in."""

    email = EmailField(
        "E-mail address",
        [InputRequired(), Length(max=254)],
        render_kw={"autocomplete": "username"},
    )
    password = PasswordField(
        "Password",
        [InputRequired(), Length(max=128)],
        render_kw={"autocomplete": "current-password"},
    )
    remember = BooleanField("Stay logged in")
    login = SubmitField("Log in")


class NewPasswordForm(FlaskForm):
    """Choose another password."""

    password = PasswordField(
        "New password",
        [InputRequired(), Length(min=8, max=128)],
        render_kw={"autocomplete": "new-password"},
    )
    repeated = PasswordField(
        "The same password again",
        [EqualTo("password", "The passwords differ.")],
        render_kw={"autocomplete": "new-password"},
    )
    save = SubmitField("Save")
