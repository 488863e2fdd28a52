"""Views of the visitors."""

from flask import render_template


def visitors() -> str:
    """Show how many are here; the page itself asks for the number."""
    return render_template("visitors/visitors.html")
