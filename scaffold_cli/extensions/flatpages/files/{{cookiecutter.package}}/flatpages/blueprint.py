"""The blueprint of the flat pages."""

from flask import Blueprint, Flask

from . import views


def create_blueprint(app: Flask) -> Blueprint:
    """Make the blueprint for an application."""
    blueprint = Blueprint("flatpages", __package__, template_folder="templates")
    blueprint.add_url_rule("/<flatpage:page>", view_func=views.page)
    return blueprint
