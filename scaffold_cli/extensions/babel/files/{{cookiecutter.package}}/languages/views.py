"""Views of the languages."""

from flask import abort, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from .selection import LANGUAGES


def languages() -> str:
    """Offer the languages."""
    return render_template("languages/languages.html", languages=LANGUAGES)


def choose() -> ResponseReturnValue:
    """Keep the chosen language in the session, and show it at work."""
    language = request.form.get("language")
    if language not in LANGUAGES:
        abort(400)
    session["language"] = language
    return redirect(url_for(".languages"))
