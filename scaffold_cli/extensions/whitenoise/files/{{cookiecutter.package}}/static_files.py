"""Static files: collected into one folder, and served by WhiteNoise."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from wsgiref.headers import Headers

from flask import Flask, current_app
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

FILENAME = "<path:filename>"


class StaticFiles:
    """Serves the static files of the application and of its blueprints.

    In debug and in tests, they come from their folders, as they are now. Otherwise
    WhiteNoise looks once, at the start, and takes the files that ``collect`` has left,
    if it has.
    """

    def init_app(self, app: Flask) -> None:
        """Put WhiteNoise, which knows no files yet, in front of the application."""
        whitenoise = WhiteNoise(
            app.wsgi_app,
            autorefresh=app.debug or app.testing,
            max_age=app.config["SEND_FILE_MAX_AGE_DEFAULT"],
            allow_all_origins=False,
            add_headers_function=add_headers,
        )
        app.wsgi_app = whitenoise  # type: ignore[method-assign]
        app.extensions["whitenoise"] = whitenoise

    def add_files(self, app: Flask) -> None:
        """Tell WhiteNoise, if it is there, the files of all blueprints as well."""
        whitenoise = app.extensions.get("whitenoise")
        if whitenoise is None:
            return
        collected = app.config["COLLECT_ROOT"]
        if not whitenoise.autorefresh and collected and Path(collected).is_dir():
            whitenoise.add_files(collected, "/")
        else:
            for prefix, folder in static_folders(app):
                whitenoise.add_files(folder, prefix)

    def collect(self) -> int:
        """Copy all static files of the current application to where they are served.

        Each lies there as in its URL, below ``COLLECT_ROOT``, with ``.br`` and ``.gz``
        beside it where that is smaller.

        :returns: how many files there are.
        """
        root = Path(current_app.config["COLLECT_ROOT"])
        folders = {
            root / prefix.strip("/"): folder
            for prefix, folder in static_folders(current_app)
        }
        for target in folders:
            shutil.rmtree(target, ignore_errors=True)
        for target, folder in folders.items():
            shutil.copytree(folder, target, dirs_exist_ok=True)
        files = {path for path in root.rglob("*") if path.is_file()}
        compressor = Compressor(quiet=True)
        for path in files:
            if compressor.should_compress(path.name):
                compressor.compress(str(path))
        return len(files)


def add_headers(headers: Headers, path: str, url: str) -> None:
    """Add what each file is sent with; handlers of the application don't see them."""
    headers["X-Content-Type-Options"] = "nosniff"


def static_folders(app: Flask) -> Iterator[tuple[str, Path]]:
    """Yield the URL and the folder of the application's and its blueprints' files."""
    for rule in app.url_map.iter_rules():
        owner, _, name = rule.endpoint.rpartition(".")
        holder = app.blueprints.get(owner) if owner else app
        if name == "static" and holder and rule.rule.endswith(FILENAME):
            folder = Path(holder.static_folder or "")
            if holder.static_folder and folder.is_dir():
                yield rule.rule.removesuffix(FILENAME), folder
