"""Where Celery's own command line, ``celery -A``, looks for the Celery application."""

from .app import app as flask_app

app = flask_app.extensions["celery"]
