"""A plugin of pytest for the tests of others: it puts App in the place of ``flask.Flask``.

At the end it prints how many applications answered, and how many of them by the fast path.
"""

import os

import flask
from core import App

App.FAST = os.environ["FAST"] == "1"
flask.Flask = App
answered = []
decide = App._decide


def note(app):
    """Remember what was decided about an application at its first request."""
    decide(app)
    answered.append(app.routes is not None)


App._decide = note


def pytest_unconfigure():
    """Print the numbers, where no test captures them."""
    print(f"\nAPPLICATIONS {len(answered)} FAST {sum(answered)}")  # noqa: T201
