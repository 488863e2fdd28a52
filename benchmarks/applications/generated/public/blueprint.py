"""The blueprint of the public pages."""

from flask import Blueprint, Flask

from . import views


def create_blueprint(app: Flask) -> Blueprint:
    """Make the blueprint for an application."""
    blueprint = Blueprint("public", __package__, template_folder="templates")
    blueprint.add_url_rule("/", view_func=views.index)
    blueprint.add_url_rule("/environ", view_func=views.environ)
    blueprint.add_url_rule("/template", view_func=views.template)
    return blueprint
