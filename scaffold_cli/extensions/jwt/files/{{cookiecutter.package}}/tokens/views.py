"""Views of the tokens."""

from flask import abort, jsonify, request
from flask.typing import ResponseReturnValue
from flask_jwt_extended import create_access_token, get_jwt

from .clients import authenticate
from .errors import refuse


def issue() -> ResponseReturnValue:
    """Give a token to whoever proves who they are, in JSON."""
    given = request.get_json()
    if not isinstance(given, dict):
        abort(400)
    subject = authenticate(given)
    if subject is None:
        return refuse("Wrong credentials")
    token = create_access_token(subject)
    response = jsonify({"access_token": token, "token_type": "Bearer"})
    response.cache_control.no_store = True
    return response


def show() -> ResponseReturnValue:
    """Tell whose the token of the request is, and until when it holds."""
    token = get_jwt()
    return jsonify(subject=token["sub"], expires=token["exp"])
