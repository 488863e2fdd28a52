"""Views of the public pages."""

from flask import current_app, render_template

from ..core.landing import landing_page


def index() -> str:
    """Show the front page; in debug, the landing page until you drop it here."""
    if current_app.debug:
        return landing_page()
    return render_template("public/index.html")
