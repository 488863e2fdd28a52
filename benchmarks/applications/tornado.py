"""The application over Tornado, on its own server only, in one process; it renders with Tornado's own templates."""

import asyncio
import logging
import sys

from tornado.web import Application, RequestHandler
from tornado.wsgi import WSGIContainer

from .answers import HELLO, TEMPLATES, VALUES, lines

NOBODY = WSGIContainer(lambda environ, start_response: [])


class Hello(RequestHandler):
    """Answers the talk's 13 bytes."""

    def get(self) -> None:
        """Answer."""
        self.write(HELLO)


class Environ(RequestHandler):
    """Shows the environment that Tornado would make for a WSGI application."""

    def get(self) -> None:
        """Answer."""
        self.write(lines(NOBODY.environ(self.request)))


class Template(RequestHandler):
    """Renders the page."""

    def get(self) -> None:
        """Answer."""
        self.render("page.tornado.html", **VALUES)


async def main(port: int) -> None:
    """Serve until the process is stopped."""
    logging.getLogger("tornado.access").setLevel(logging.ERROR)
    handlers = [("/", Hello), ("/environ", Environ), ("/template", Template)]
    app = Application(handlers, template_path=str(TEMPLATES), template_whitespace="all")
    app.listen(port, address="127.0.0.1")
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
