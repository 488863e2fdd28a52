"""The blueprint of the pages."""

from flask import Blueprint, Flask

from . import views


def create_blueprint(app: Flask) -> Blueprint:
    """Make the blueprint for an application."""
    blueprint = Blueprint("pages", __package__, template_folder="templates")
    blueprint.add_url_rule("/", view_func=views.index)
    # A larger number is no key: databases refuse it, instead of not finding it.
    blueprint.add_url_rule("/<int(max=2147483647):pk>", view_func=views.page)
    return blueprint
