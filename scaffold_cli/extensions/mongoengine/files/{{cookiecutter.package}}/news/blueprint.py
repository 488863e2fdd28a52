"""The blueprint of the news."""

from flask import Blueprint, Flask

from . import views


def create_blueprint(app: Flask) -> Blueprint:
    """Make the blueprint for an application."""
    blueprint = Blueprint("news", __package__, template_folder="templates")
    blueprint.add_url_rule("/", view_func=views.index)
    blueprint.add_url_rule("/<slug>", view_func=views.article)
    return blueprint
