"""The blueprint of the visitors."""

from flask import Blueprint, Flask

from . import views


def create_blueprint(app: Flask) -> Blueprint:
    """Make the blueprint for an application."""
    blueprint = Blueprint(
        "visitors",
        __package__,
        template_folder="templates",
        static_folder="static",
        static_url_path="/visitors/static",
    )
    blueprint.add_url_rule("/visitors", view_func=views.visitors)
    return blueprint
