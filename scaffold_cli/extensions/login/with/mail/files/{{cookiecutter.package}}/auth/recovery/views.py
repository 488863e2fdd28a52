"""Views of the recovery."""

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from ...models import User
from ..accounts import find_user
from ..mailing import absolute, send_afterwards
from ..tokens import make_token
from .forms import ForgotPasswordForm


def forgot_password() -> ResponseReturnValue:
    """Mail a link, and answer the same whether the address has an account or not."""
    form = ForgotPasswordForm()
    if form.validate_on_submit():
        user = find_user(form.email.data)
        if user is not None:
            send_link(user)
        flash("If this address has an account, a link is on its way there.")
        return redirect(url_for(".login"))
    return render_template("auth/forgot_password.html", form=form)


def send_link(user: User) -> None:
    """Mail a user the link that lets them set another password."""
    link = absolute(url_for("auth.reset_password", token=make_token(user)))
    site = current_app.config["SITE_NAME"]
    text = render_template("auth/forgot_password.txt", link=link)
    send_afterwards(f"Your password at {site}", user.email, text)
