"""The blueprint of the preferences."""

from flask import Blueprint, Flask

from . import views


def create_blueprint(app: Flask) -> Blueprint:
    """Make the blueprint for an application."""
    blueprint = Blueprint("preferences", __package__, template_folder="templates")
    blueprint.add_url_rule(
        "/preferences", view_func=views.preferences, methods=["GET", "POST"]
    )
    return blueprint
