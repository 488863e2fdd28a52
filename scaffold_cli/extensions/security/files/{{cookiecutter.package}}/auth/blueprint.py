"""The blueprint of what people see of their account, and admins of all."""

from flask import Blueprint, Flask
from flask_security import login_required, roles_required

from . import views


def create_blueprint(app: Flask) -> Blueprint:
    """Make the blueprint for an application."""
    blueprint = Blueprint("account", __package__, template_folder="templates")
    blueprint.add_url_rule("/account", view_func=login_required(views.account))
    users = login_required(roles_required("admin")(views.users))
    blueprint.add_url_rule("/users", view_func=users)
    return blueprint
