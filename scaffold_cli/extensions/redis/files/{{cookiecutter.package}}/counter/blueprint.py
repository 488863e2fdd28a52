"""The blueprint of the counter."""

from flask import Blueprint, Flask

from . import views


def create_blueprint(app: Flask) -> Blueprint:
    """Make the blueprint for an application."""
    blueprint = Blueprint("counter", __package__, template_folder="templates")
    blueprint.add_url_rule("/counter", view_func=views.counter)
    return blueprint
