"""Compression of answers, where their length tells no secret."""

import flask_compress
from flask import Flask, Response, current_app, request


class Compress:
    """Compresses what an application answers.

    Flask-Compress keeps the settings of one application, so each has an object of its
    own, in ``app.extensions["compress"]``.
    """

    def init_app(self, app: Flask) -> None:
        """Bind it to an application; one object serves several."""
        app.config["COMPRESS_REGISTER"] = False  # compress_answer decides
        app.extensions["compress"] = flask_compress.Compress(app)
        app.after_request(compress_answer)


def compress_answer(response: Response) -> Response:
    """Compress an answer as the browser wishes.

    Not a part of a file: the browser puts parts together as they are.
    """
    if response.status_code == 206 or is_watched():
        return response
    compressed: Response = current_app.extensions["compress"].after_request(response)
    return compressed


def is_watched() -> bool:
    """Tell whether another site had the browser send this request, with cookies.

    Such a site may put guesses into many requests and have the compressed answers'
    lengths watched: they shrink when a guess stands in the visitor's page (BREACH).
    """
    site = request.headers.get("Sec-Fetch-Site", "none")
    return bool(request.cookies) and site not in ("none", "same-origin")
