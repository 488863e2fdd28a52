"""The blueprint of the accounts."""

from flask import Blueprint, Flask
from flask_login import login_required

from ..extensions import login_manager
from . import accounts, views


def create_blueprint(app: Flask) -> Blueprint:
    """Make the blueprint for an application."""
    login_manager.user_loader(accounts.load_user)
    login_manager.login_view = "auth.login"

    blueprint = Blueprint("auth", __package__, template_folder="templates")
    both = ["GET", "POST"]
    blueprint.add_url_rule("/register", view_func=views.register, methods=both)
    blueprint.add_url_rule("/login", view_func=views.login, methods=both)
    blueprint.add_url_rule("/logout", view_func=views.logout, methods=["POST"])
    blueprint.add_url_rule(
        "/reset/<token>", view_func=views.reset_password, methods=both
    )
    blueprint.add_url_rule("/account", view_func=login_required(views.account))
    return blueprint
