"""The blueprint of the questions and answers."""

from flask import Blueprint, Flask

from . import views


def create_blueprint(app: Flask) -> Blueprint:
    """Make the blueprint for an application."""
    blueprint = Blueprint("faq", __package__, template_folder="templates")
    blueprint.add_url_rule("/faq", view_func=views.faq)
    return blueprint
