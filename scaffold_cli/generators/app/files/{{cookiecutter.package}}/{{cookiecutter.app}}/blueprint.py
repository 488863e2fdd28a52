"""The blueprint of the {{ cookiecutter.app }}."""

from flask import Blueprint, Flask

from . import views


def create_blueprint(app: Flask) -> Blueprint:
    """Make the blueprint for an application."""
    blueprint = Blueprint(
        "{{ cookiecutter.app }}",
        __package__,
        template_folder="templates",
    )
    blueprint.add_url_rule("/", view_func=views.index)
    return blueprint
