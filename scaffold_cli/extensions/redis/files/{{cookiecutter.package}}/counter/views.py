"""Views of the counter."""

from flask import render_template

from ..extensions import redis


def counter() -> str:
    """Count this view and say how many there were."""
    number = redis.incr("counter_key")
    return render_template("counter/counter.html", number=number)
