"""What visitors see when a form comes without its token, or too late."""

from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from .core.errors import error_response

EXPIRED = (
    "This form is out of date, or was not sent from this site. "
    "Go back, reload the page and send it again."
)


def form_expired(error: CSRFError) -> ResponseReturnValue:
    """Answer 400 with words for people; which check failed is in the log."""
    return error_response(CSRFError(EXPIRED))
