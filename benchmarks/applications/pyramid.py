"""The application over Pyramid; its own server is the one that pserve starts, waitress with four threads."""

import sys

from pyramid.config import Configurator
from pyramid.request import Request
from pyramid.response import Response
from waitress import serve

from .answers import HELLO, TEMPLATES, VALUES, lines


def hello(request: Request) -> Response:
    """Answer the talk's 13 bytes."""
    return Response(HELLO)


def environ(request: Request) -> Response:
    """Show the environment."""
    return Response(lines(request.environ))


def template(request: Request) -> dict[str, object]:
    """Return what is in the page."""
    return {**VALUES}


with Configurator() as config:
    config.include("pyramid_jinja2")
    config.add_jinja2_renderer(".html")
    config.add_jinja2_search_path(str(TEMPLATES), name=".html")
    config.add_route("hello", "/")
    config.add_view(hello, route_name="hello")
    config.add_route("environ", "/environ")
    config.add_view(environ, route_name="environ")
    config.add_route("template", "/template")
    config.add_view(template, route_name="template", renderer="page.html")
    app = config.make_wsgi_app()

if __name__ == "__main__":
    serve(app, host="127.0.0.1", port=int(sys.argv[1]), threads=4)
