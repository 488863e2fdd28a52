"""The blueprint of the tokens."""

from flask import Blueprint, Flask
from flask_jwt_extended import jwt_required

from ..core import SettingsError
from . import views

REFUSAL = (
    "JWT_SECRET_KEY, or SECRET_KEY without it, is shorter than 32 bytes: set it to the "
    'output of: python -c "import secrets; print(secrets.token_hex())"'
)


def create_blueprint(app: Flask) -> Blueprint:
    """Make the blueprint for an application.

    :raises SettingsError: when what signs the tokens can be guessed.
    """
    check_key(app)
    blueprint = Blueprint("tokens", __package__)
    blueprint.add_url_rule("/token", view_func=views.issue, methods=["POST"])
    blueprint.add_url_rule("/token", view_func=jwt_required()(views.show))
    return blueprint


def check_key(app: Flask) -> None:
    """Refuse a short key: whoever guesses it, offline, signs tokens for anybody.

    :raises SettingsError: when it is shorter than the hashes that it makes.
    """
    key = app.config["JWT_SECRET_KEY"] or app.config["SECRET_KEY"]
    if len(key) < 32 and not (app.debug or app.testing):
        raise SettingsError(REFUSAL)
