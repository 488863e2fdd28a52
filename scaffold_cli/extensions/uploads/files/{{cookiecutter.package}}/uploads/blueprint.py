"""The blueprint of the uploads."""

from flask import Blueprint, Flask

from . import views
from .access import for_uploaders


def create_blueprint(app: Flask) -> Blueprint:
    """Make the blueprint for an application."""
    blueprint = Blueprint("uploads", __package__, template_folder="templates")
    blueprint.add_url_rule(
        "", view_func=for_uploaders(views.index), methods=["GET", "POST"]
    )
    blueprint.add_url_rule("/<folder>/<name>", view_func=views.file)
    return blueprint
