"""The application over Bottle; its own server is wsgiref's."""

import sys

from bottle import Bottle, jinja2_view, request

from .answers import HELLO, TEMPLATES, VALUES, lines

app = Bottle()
page = jinja2_view(
    "page.html", template_lookup=[str(TEMPLATES)], template_settings={"autoescape": True}
)


@app.route("/")  # type: ignore[untyped-decorator]
def hello() -> str:
    """Answer the talk's 13 bytes."""
    return HELLO


@app.route("/environ")  # type: ignore[untyped-decorator]
def environ() -> str:
    """Show the environment."""
    return lines(request.environ)


@app.route("/template")  # type: ignore[untyped-decorator]
@page  # type: ignore[untyped-decorator]
def template() -> dict[str, object]:
    """Return what is in the page."""
    return {**VALUES}


if __name__ == "__main__":
    app.run(port=int(sys.argv[1]), quiet=True)
