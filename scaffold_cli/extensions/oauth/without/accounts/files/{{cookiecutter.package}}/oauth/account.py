"""Views of whom the session knows."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from .renewal import renew_session


def account() -> str:
    """Show who is logged in."""
    return render_template("oauth/account.html")


def logout() -> ResponseReturnValue:
    """Log out here; the provider still knows its user."""
    renew_session()
    flash("You are logged out.")
    return redirect(url_for("public.index"))
