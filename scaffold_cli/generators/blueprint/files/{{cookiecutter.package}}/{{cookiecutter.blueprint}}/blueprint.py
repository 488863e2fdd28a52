"""The blueprint of the {{ cookiecutter.blueprint }} pages."""

from flask import Blueprint, Flask

from . import views


def create_blueprint(app: Flask) -> Blueprint:
    """Make the blueprint for an application."""
    blueprint = Blueprint(
        "{{ cookiecutter.blueprint }}",
        __package__,
        template_folder="templates",
        url_prefix="/{{ cookiecutter.blueprint }}",
    )
    blueprint.add_url_rule("/", view_func=views.index)
    return blueprint
