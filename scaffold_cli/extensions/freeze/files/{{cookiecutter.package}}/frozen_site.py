"""The public pages as files, which any web server can serve without Python."""

from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import flask_frozen
from click import ClickException
from flask import Flask, current_app
from flask_frozen import UrlForLogger, walk_directory

Urls = Iterator[tuple[str, dict[str, Any]]]


class FreezeError(ClickException):
    """What can't be frozen; commands print the message and end, without a traceback."""


class Freezer:
    """Freezes the current application.

    Frozen-Flask knows one application, so each has an object of its own, in
    ``app.extensions["freezer"]``.
    """

    def init_app(self, app: Flask) -> None:
        """Bind it to an application; one object serves several."""
        app.config.setdefault("FREEZER_REDIRECT_POLICY", "error")
        app.extensions["freezer"] = SiteFreezer(app)

    def freeze(self) -> list[Path]:
        """Write the pages, what they are made of, and a page for what is not there.

        :returns: the files, relative to the folder ``FREEZER_DESTINATION``.
        :raises FreezeError: when a page is answered with an error or a redirect.
        """
        freezer = current_app.extensions["freezer"]
        try:
            files = [page.path for page in freezer.freeze_yield()]
        except ValueError as error:
            raise FreezeError(
                f"{error}.\n"
                "       Mend that page, or take it out of frozen_urls.py: files are for everybody."
            ) from error
        return sorted([*files, freezer.write_not_found()])


class SiteFreezer(flask_frozen.Freezer):
    """Freezes what it is told to, and the static files that this needs.

    Frozen-Flask by itself would open each URL it can find: those to log out, too.
    """

    def __init__(self, app: Flask) -> None:
        super().__init__(app, with_static_files=False, with_no_argument_rules=False)
        self.url_for_logger = StaticLogger(app)
        self.register_generator(self.static_files)

    def static_files(self) -> Urls:
        """Yield all static files of the application; blueprints' only where used."""
        for name in walk_directory(self.app.static_folder):
            yield "static", {"filename": name}

    def urlpath_to_filepath(self, path: str) -> str:
        """Make ``about/index.html`` of ``/about``: web servers know that as a page."""
        is_file = path.endswith("/") or PurePosixPath(path).suffix
        return str(super().urlpath_to_filepath(path if is_file else f"{path}/"))

    def write_not_found(self) -> Path:
        """Write ``404.html``, which many web hosts show for what is not there."""
        path = Path("404.html")
        base_url = self.app.config["FREEZER_BASE_URL"]
        page = self.app.test_client().get(f"/{path}", base_url=base_url)
        self.root.joinpath(path).write_bytes(page.data)
        return path

    def _check_endpoints(self, seen_endpoints: set[str]) -> None:
        """Do not warn of what is not frozen: that is most, and meant."""


class StaticLogger(UrlForLogger):
    """Knows which static files the pages asked for; other links it forgets."""

    def iter_calls(self) -> Urls:
        """Yield them, while there are more."""
        for endpoint, values in super().iter_calls():
            if endpoint.rpartition(".")[2] == "static":
                yield endpoint, values
