"""Who may upload: everybody, where the settings open it."""

from collections.abc import Callable
from functools import wraps

from flask import abort, current_app
from flask.typing import ResponseReturnValue

View = Callable[[], ResponseReturnValue]

CLOSED = "Uploading is closed here; UPLOADS_OPEN=1 opens it to everybody."


def for_uploaders(view: View) -> View:
    """Show a view to those only who may upload."""

    @wraps(view)
    def guarded() -> ResponseReturnValue:
        if not current_app.config["UPLOADS_OPEN"]:
            abort(403, CLOSED)
        return view()

    return guarded
