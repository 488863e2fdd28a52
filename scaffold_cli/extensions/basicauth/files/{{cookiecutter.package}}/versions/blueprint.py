"""The blueprint of what runs here."""

from flask import Blueprint, Flask

from ..extensions import basic_auth
from . import views


def create_blueprint(app: Flask) -> Blueprint:
    """Make the blueprint for an application."""
    blueprint = Blueprint("versions", __package__, template_folder="templates")
    blueprint.add_url_rule(
        "/versions", view_func=basic_auth.login_required(views.versions)
    )
    return blueprint
