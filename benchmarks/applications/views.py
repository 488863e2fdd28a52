"""The views over Flask, for stock Flask and for App."""

from flask import Flask, render_template, request

from .answers import HELLO, VALUES, lines


def add_views(app: Flask) -> None:
    """Give an application the talk's three URLs."""

    @app.route("/")
    def hello() -> str:
        return HELLO

    @app.route("/environ")
    def environ() -> str:
        return lines(request.environ)

    @app.route("/template")
    def template() -> str:
        return render_template("page.html", **VALUES)
