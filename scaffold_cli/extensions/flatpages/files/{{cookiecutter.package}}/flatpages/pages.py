"""Pages that are Markdown files."""

from collections.abc import Iterator

import flask_flatpages
import nh3
from flask import Flask, current_app
from flask_flatpages import Page
from markdown import markdown

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
        flask_flatpages.FlatPages(app)
        app.jinja_env.globals["flatpages"] = self

    def __iter__(self) -> Iterator[Page]:
        """Yield all pages, by path."""
        pages = current_app.extensions["flatpages"][None]
        return iter(sorted(pages, key=lambda page: page.path))

    def get_or_404(self, path: str) -> Page:
        """Return the page of a path.

        :raises NotFound: when there is none.
        """
        return current_app.extensions["flatpages"][None].get_or_404(path)


def render(text: str) -> str:
    """Return Markdown as HTML, without scripts and whatever else could harm."""
    return nh3.clean(markdown(text, extensions=MARKDOWN))
