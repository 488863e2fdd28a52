"""Bundles: scripts and styles that are merged into one file of each."""

from pathlib import Path

from flask import Flask, current_app
from flask_assets import Bundle, Environment


def register_bundles(assets: Environment) -> None:
    """Say what is merged into which file; all paths are in the static folder."""
    css = Bundle("site/messages.css", "site/print.css", output="bundles/site.css")
    js = Bundle(
        "site/messages.js",
        "site/submit_once.js",
        filters="rjsmin",  # minifies, in plain Python
        output="bundles/site.js",
    )
    assets.register("css", css)
    assets.register("js", js)


class Assets:
    """The bundles of the current application, for ``{% assets "css" %}`` in templates.

    Pages load what ``build`` has written. In debug, and where it has not been run, they
    load the sources one by one: no page waits for a build, or needs a folder to write.
    Bundles remember where they found their sources, so each application has its own.
    """

    def init_app(self, app: Flask) -> None:
        """Bind it to an application; one object serves several."""
        assets = app.extensions["assets"] = Environment(app)
        register_bundles(assets)
        assets.auto_build = assets.cache = assets.manifest = False
        assets.url_expire = False  # url_for does that
        built = all(file.is_file() for file in outputs(app))
        assets.debug = app.debug or not built

    def build(self) -> list[Path]:
        """Build the bundles of the current application, and return the files."""
        assets = current_app.extensions["assets"]
        assets.debug = False
        for bundle in assets:
            bundle.build(force=True)
        return outputs(current_app)


def outputs(app: Flask) -> list[Path]:
    """Return the files that the bundles are built into."""
    folder = Path(app.static_folder or "")
    return [folder / bundle.output for bundle in app.extensions["assets"]]
