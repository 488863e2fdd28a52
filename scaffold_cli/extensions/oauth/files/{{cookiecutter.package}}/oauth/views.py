"""Views of the log-in with a provider."""

from flask import abort, current_app, flash, redirect, session, url_for
from flask.typing import ResponseReturnValue

from ..extensions import oauth
from .client import LoginError
from .sessions import ENTRANCE, log_in, next_url


def login() -> ResponseReturnValue:
    """Send the visitor to the provider, and remember where they were going."""
    if not current_app.config["OAUTH_SERVER_METADATA_URL"]:
        abort(404)
    session["oauth_next"] = next_url()
    try:
        return oauth.send_away(url_for(".callback", _external=True))
    except LoginError as error:
        return refuse(error)


def callback() -> ResponseReturnValue:
    """Log in whom the provider sends back."""
    target = session.get("oauth_next", url_for(ENTRANCE))
    try:
        log_in(oauth.recognise())
    except LoginError as error:
        return refuse(error)
    return redirect(target)


def refuse(error: LoginError) -> ResponseReturnValue:
    """Say that it did not work; why is in the log."""
    current_app.logger.warning("Log-in with the provider: %s", error)
    flash("Logging in did not work. Please try again.", "error")
    return redirect(url_for(ENTRANCE))
