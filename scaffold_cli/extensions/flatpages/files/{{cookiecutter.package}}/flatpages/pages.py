"""Pages that are Markdown files."""

from collections.abc import Iterator

import flask_flatpages
import nh3
from flask import Flask, current_app
from flask_flatpages import Page
from markdown import markdown
from werkzeug.routing import PathConverter, ValidationError

MARKDOWN = ["fenced_code", "sane_lists", "tables"]


class FlatPages:
    """The flat pages of the current application.

    Flask-FlatPages keeps the pages of one application, so each has an object of its
    own, in ``app.extensions["flatpages"]``.
    """

    def init_app(self, app: Flask) -> None:
        """Bind it to an application; one object serves several."""
        app.config.setdefault("FLATPAGES_EXTENSION", ".md")
        app.config.setdefault("FLATPAGES_HTML_RENDERER", render)
        app.config.setdefault("FLATPAGES_AUTO_RELOAD", app.debug)
        flask_flatpages.FlatPages(app)
        app.jinja_env.globals["flatpages"] = self
        app.url_map.converters["flatpage"] = FlatPageConverter

    def __iter__(self) -> Iterator[Page]:
        """Yield all pages, by path."""
        pages = current_app.extensions["flatpages"][None]
        return iter(sorted(pages, key=lambda page: page.path))


class FlatPageConverter(PathConverter):
    """``<flatpage:page>`` in a rule: matches the paths of pages, and nothing else."""

    def to_python(self, value: str) -> Page:
        """Return the page of a path; in debug, a new file is found at once."""
        pages = current_app.extensions["flatpages"][None]
        if current_app.debug:
            pages.reload()
        page = pages.get(value)
        if page is None:
            raise ValidationError
        return page

    def to_url(self, value: Page) -> str:
        """Return the path of a page."""
        return super().to_url(value.path)


def render(text: str) -> str:
    """Return Markdown as HTML, without scripts and whatever else could harm."""
    return nh3.clean(markdown(text, extensions=MARKDOWN))
