"""Views of accounts, beside those that Flask-Security brings."""

from flask import render_template
from sqlalchemy import select

from ..extensions import db
from ..models import User


def account() -> str:
    """Show who is logged in."""
    return render_template("auth/account.html")


def users() -> str:
    """Show who has an account, and which roles they have."""
    everybody = db.session.scalars(select(User).order_by(User.email))
    return render_template("auth/users.html", users=everybody)
