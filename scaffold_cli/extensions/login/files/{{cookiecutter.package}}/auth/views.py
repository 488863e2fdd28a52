"""Views of the accounts."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from .accounts import add_user, authenticate, set_password
from .forms import LoginForm, NewPasswordForm, RegisterForm
from .sessions import end_session, next_url, start_session
from .tokens import read_token


def register() -> ResponseReturnValue:
    """Make an account, and log in to it."""
    form = RegisterForm()
    if form.validate_on_submit():
        user = add_user(form.email.data, form.password.data)
        if user is not None:
            start_session(user)
            flash("Welcome!", "success")
            return redirect(next_url())
        form.email.errors.append("This address has an account already.")
    return render_template("auth/register.html", form=form)


def login() -> ResponseReturnValue:
    """Log in, and go on to where one was going."""
    form = LoginForm()
    if form.validate_on_submit():
        user = authenticate(form.email.data, form.password.data)
        if user is not None:
            start_session(user, remember=form.remember.data)
            return redirect(next_url())
        form.form_errors.append("The address or the password is wrong.")
    return render_template("auth/login.html", form=form)


def logout() -> ResponseReturnValue:
    """Log out."""
    end_session()
    flash("You are logged out.")
    return redirect(url_for("public.index"))


def account() -> str:
    """Show who is logged in."""
    return render_template("auth/account.html")


def reset_password(token: str) -> ResponseReturnValue:
    """Take a new password from somebody with a link for it."""
    user = read_token(token)
    if user is None:
        flash("This link is too old, or was used already.", "error")
        return redirect(url_for(".login"))
    form = NewPasswordForm()
    if form.validate_on_submit():
        set_password(user, form.password.data)
        flash("The new password holds. Log in with it.", "success")
        return redirect(url_for(".login"))
    return render_template("auth/reset_password.html", form=form)
