"""The extension that serves ``robots.txt``."""

from flask import Flask, Response, current_app


class Robots:
    """Serves ``static/robots.txt`` at the root, where crawlers look for it."""

    def init_app(self, app: Flask) -> None:
        """Bind it to an application; one object serves several."""
        app.extensions["robots"] = self
        app.add_url_rule("/robots.txt", "robots", self.serve)

    def serve(self) -> Response:
        """Answer with the file."""
        response = current_app.send_static_file("robots.txt")
        response.cache_control.max_age = current_app.config["ROBOTS_MAX_AGE"]
        return response
