"""Views of the short links."""

from flask import abort, redirect, render_template
from flask.typing import ResponseReturnValue

from ..extensions import mongo


def index() -> str:
    """List all links, the most followed first."""
    links = mongo["links"].find().sort([("clicks", -1), ("_id", 1)])
    return render_template("links/index.html", links=links)


def follow(name: str) -> ResponseReturnValue:
    """Count a click, and lead on to where the link points."""
    link = mongo["links"].find_one_and_update({"_id": name}, {"$inc": {"clicks": 1}})
    if link is None:
        abort(404)
    return redirect(link["url"])
