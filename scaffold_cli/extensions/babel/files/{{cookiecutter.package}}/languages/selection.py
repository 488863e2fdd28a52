"""Which language a page is in."""

from flask import Response, current_app, has_request_context, request, session
from flask_babel import get_locale

# Those with a catalogue in translations/, and the language that the source is in.
LANGUAGES = {"en": "English", "de": "Deutsch", "uk": "Українська"}


def select_language() -> str:
    """Return what the visitor chose, or else what the browser asks for."""
    default = str(current_app.config["BABEL_DEFAULT_LOCALE"])
    if not has_request_context():
        return default
    if session.get("language") in LANGUAGES:
        return str(session["language"])
    return request.accept_languages.best_match(LANGUAGES) or default


def language_tag() -> str:
    """Return the language of the page as HTML and HTTP write it: ``pt-BR``."""
    return str(get_locale()).replace("_", "-")


def tell_language(response: Response) -> Response:
    """Tell browsers and caches which language a page is in, and on what it depends."""
    if response.mimetype == "text/html":
        response.content_language.add(language_tag())
        response.vary.add("Accept-Language")
    return response
