"""scaffold: make a Flask application in the "real world" layout, and keep serving it."""

__version__ = "0.1.0"
