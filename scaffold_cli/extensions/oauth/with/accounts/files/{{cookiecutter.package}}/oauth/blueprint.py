"""The blueprint of the log-in with a provider."""

from flask import Blueprint, Flask

from . import views


def create_blueprint(app: Flask) -> Blueprint:
    """Make the blueprint for an application."""
    blueprint = Blueprint("oauth", __package__)
    blueprint.add_url_rule("/login", view_func=views.login)
    blueprint.add_url_rule("/callback", view_func=views.callback)
    return blueprint
