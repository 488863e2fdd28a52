"""A project that ``scaffold new talk`` made, which lies on the path as ``talk``, with the views in public/ for its own."""

from talk.app import app

__all__ = ["app"]
