"""Protection of forms, and what visitors see when one comes without its token, or too late."""

from flask import current_app, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect

from .core.errors import error_response

EXPIRED = (
    "This form is out of date, or was not sent from this site. "
    "Go back, reload the page and send it again."
)


class CSRF(CSRFProtect):
    """Flask-WTF's protection, at less cost to requests that are not to be checked."""

    def protect(self, apply_exemptions: bool = False) -> None:
        """Check the token; a method that needs none is seen before all exemptions are."""
        if request.method in current_app.config["WTF_CSRF_METHODS"]:
            super().protect(apply_exemptions)


def form_expired(error: CSRFError) -> ResponseReturnValue:
    """Answer 400 with words for people; which check failed is in the log."""
    return error_response(CSRFError(EXPIRED))
