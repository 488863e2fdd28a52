"""The blueprint of the files in a Dropbox."""

from flask import Blueprint, Flask

from . import views


def create_blueprint(app: Flask) -> Blueprint:
    """Make the blueprint for an application."""
    blueprint = Blueprint("dropbox", __package__, template_folder="templates")
    blueprint.add_url_rule("", view_func=views.index, methods=["GET", "POST"])
    blueprint.add_url_rule("/link", view_func=views.link)
    blueprint.add_url_rule("/linked", view_func=views.linked)
    blueprint.add_url_rule("/unlink", view_func=views.unlink, methods=["POST"])
    return blueprint
