"""Who may write by the API: users whom the settings name, with a token."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import abort, current_app
from flask_jwt_extended import current_user, jwt_required

View = Callable[..., Any]

# What the API's description says of such a view.
NEEDS_TOKEN = {
    "security": [{"token": []}],
    "responses": {401: "UNAUTHORIZED", 403: "FORBIDDEN"},
}

REFUSAL = "You may not write here: your address is not among API_WRITERS."


def for_writers(view: View) -> View:
    """Let a view be called by those only who may write."""

    @wraps(view)
    @jwt_required()
    def guarded(*args: Any, **kwargs: Any) -> Any:
        if current_user.email not in current_app.config["API_WRITERS"]:
            abort(403, REFUSAL)
        return view(*args, **kwargs)

    return guarded
