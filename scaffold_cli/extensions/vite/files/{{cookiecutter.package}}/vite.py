"""Scripts and styles that Vite builds: which files they are, and how a page loads them."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flask import Flask, current_app, url_for
from markupsafe import Markup

FOLDER = "vite"  # in the static folder
SCRIPT = Markup('<script type="module" src="{}"></script>')
PRELOAD = Markup('<link rel="modulepreload" href="{}">')
STYLE = Markup('<link rel="stylesheet" href="{}">')

Chunk = dict[str, Any]
Manifest = dict[str, Chunk]


class Vite:
    """Knows what Vite has built for an application.

    ``{{ vite_tags("src/main.js") }}`` in a template loads that file of ``vite/``, with
    its styles. In debug it comes from ``VITE_DEV_SERVER``, where that is set.
    """

    def init_app(self, app: Flask) -> None:
        """Bind it to an application; one object serves several."""
        app.extensions["vite"] = read_manifest(app)
        app.jinja_env.globals["vite_tags"] = vite_tags


def read_manifest(app: Flask) -> Manifest:
    """Return what Vite has built; nothing where it has not been run."""
    path = Path(app.static_folder or "", FOLDER, "manifest.json")
    if not path.is_file():
        return {}
    manifest: Manifest = json.loads(path.read_text("utf-8"))
    return manifest


def dev_server(app: Flask) -> str:
    """Return the address of the development server; empty where none is used."""
    address: str = app.config["VITE_DEV_SERVER"] if app.debug else ""
    return address.rstrip("/")


def vite_tags(entry: str) -> Markup:
    """Return the tags that load a file of ``vite/``; none where nothing is built.

    :raises KeyError: when Vite has built other files, but not this one.
    """
    server, manifest = dev_server(current_app), current_app.extensions["vite"]
    if server:
        scripts = (f"{server}/@vite/client", f"{server}/{entry}")
        return Markup("\n").join(SCRIPT.format(url) for url in scripts)
    return Markup("\n").join(built_tags(entry, manifest) if manifest else ())


def built_tags(entry: str, manifest: Manifest) -> Iterator[Markup]:
    """Yield the tags of a built file, and of all that it imports."""
    for chunk in chunks(entry, manifest, set()):
        for style in chunk.get("css", ()):
            yield STYLE.format(built_url(style))
        tag = SCRIPT if chunk is manifest[entry] else PRELOAD
        yield tag.format(built_url(chunk["file"]))


def chunks(name: str, manifest: Manifest, seen: set[str]) -> Iterator[Chunk]:
    """Yield what a file imports, then itself; each once."""
    seen.add(name)
    for imported in manifest[name].get("imports", ()):
        if imported not in seen:
            yield from chunks(imported, manifest, seen)
    yield manifest[name]


def built_url(file: str) -> str:
    """Return the URL of a built file.

    Its name changes with its content. A query would make it another module for those
    that import it by its name.
    """
    return url_for("static", filename=f"{FOLDER}/{file}").partition("?")[0]
