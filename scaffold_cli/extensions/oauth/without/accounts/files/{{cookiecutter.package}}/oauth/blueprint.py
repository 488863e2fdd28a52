"""The blueprint of the log-in with a provider."""

from flask import Blueprint, Flask

from . import account, views
from .sessions import login_required


def create_blueprint(app: Flask) -> Blueprint:
    """Make the blueprint for an application."""
    blueprint = Blueprint("oauth", __package__, template_folder="templates")
    blueprint.add_url_rule("/login", view_func=views.login)
    blueprint.add_url_rule("/callback", view_func=views.callback)
    blueprint.add_url_rule("/account", view_func=login_required(account.account))
    blueprint.add_url_rule("/logout", view_func=account.logout, methods=["POST"])
    return blueprint
