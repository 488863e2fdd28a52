"""The blueprint of the languages."""

from flask import Blueprint, Flask

from . import views


def create_blueprint(app: Flask) -> Blueprint:
    """Make the blueprint for an application."""
    blueprint = Blueprint("languages", __package__, template_folder="templates")
    blueprint.add_url_rule("/languages", view_func=views.languages)
    blueprint.add_url_rule("/languages", view_func=views.choose, methods=["POST"])
    return blueprint
