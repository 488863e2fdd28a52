"""Views of the accounts."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from .accounts import add_user, authenticate
from .forms import LoginForm, RegisterForm
from .sessions import end_session, next_url, start_session


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
