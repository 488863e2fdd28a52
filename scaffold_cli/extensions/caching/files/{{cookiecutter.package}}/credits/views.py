"""Views of the credits."""

from flask import render_template

from .packages import installed


def credits() -> str:
    """Name the packages in use, as many of their licences ask for."""
    return render_template("credits/credits.html", packages=installed())
