"""What an application needs and cannot reach: "come back soon", instead of an error."""

from collections.abc import Callable

from flask import Flask, current_app
from werkzeug.exceptions import HTTPException, InternalServerError, ServiceUnavailable

# Seconds after which clients may come back.
RETRY_AFTER = 5

Sign = type[Exception] | Callable[[Exception], bool]


class Outage(ServiceUnavailable):
    """Something that the application needs is away; which, is in the log only."""

    description = "This site is not there at the moment. Please try again soon."

    def __init__(self) -> None:
        super().__init__(retry_after=RETRY_AFTER)


def add_outage(app: Flask, *signs: Sign) -> None:
    """Have an application answer 503, and not 500, while something is out of reach.

    :param signs: classes of the errors that say so, or functions that tell of an error
        whether it does.
    """
    app.extensions.setdefault("outages", []).extend(signs)


def outage_of(error: HTTPException) -> Outage | None:
    """Return what to answer to an unexpected error, if an outage is what caused it."""
    cause = getattr(error, "original_exception", None)
    while isinstance(error, InternalServerError) and isinstance(cause, Exception):
        if is_outage(cause):
            return Outage()
        cause = cause.__cause__
    return None


def is_outage(error: Exception) -> bool:
    """Tell whether an error is one of the signs that the current application knows."""
    signs: list[Sign] = current_app.extensions.get("outages", [])
    return any(
        isinstance(error, sign) if isinstance(sign, type) else sign(error)
        for sign in signs
    )
