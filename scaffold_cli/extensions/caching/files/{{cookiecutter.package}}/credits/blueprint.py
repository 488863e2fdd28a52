"""The blueprint of the credits."""

from flask import Blueprint, Flask

from . import views


def create_blueprint(app: Flask) -> Blueprint:
    """Make the blueprint for an application."""
    blueprint = Blueprint("credits", __package__, template_folder="templates")
    blueprint.add_url_rule("/credits", view_func=views.credits)
    return blueprint
