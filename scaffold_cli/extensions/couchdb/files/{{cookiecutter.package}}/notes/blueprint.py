"""The blueprint of the notes."""

from flask import Blueprint, Flask

from . import views


def create_blueprint(app: Flask) -> Blueprint:
    """Make the blueprint for an application."""
    blueprint = Blueprint("notes", __package__, template_folder="templates")
    blueprint.add_url_rule("/", view_func=views.index)
    blueprint.add_url_rule("/<path:name>", view_func=views.note)
    return blueprint
