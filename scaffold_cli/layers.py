"""Layers: what a selection lays over one another, and the files and fragments each one brings.

The base, the deploy targets, the chosen extensions, and one blueprint for each name asked are all layers: a manifest,
a folder ``files/``, a folder ``slots/``, and bridges in ``with/`` and ``without/``.
"""

import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple

from . import locations
from .answers import Answers
from .errors import CatalogError, ManifestError
from .extension import Extension, Setting, load
from .slots import Fragment, check

_NAME = re.compile(rb"\{\{ cookiecutter\.(\w+) \}\}")
_PATH_NAME = re.compile(r"\{\{cookiecutter\.(\w+)\}\}")
RAW = ".html"  # `_copy_without_render` in cookiecutter.json: Flask's own Jinja stays as it is
JUNK = frozenset(["__pycache__", ".DS_Store", ".mypy_cache", ".ruff_cache", ".pytest_cache"])
DEPLOY_TARGETS = ("heroku", "uwsgi")
BRIDGE = "bridge.toml"  # what a bridge requires, where it requires anything

RequirementKey = Literal["requirements", "dev_requirements"]
REQUIREMENT_SLOTS: Mapping[str, RequirementKey] = {
    "dependencies": "requirements",
    "dev-dependencies": "dev_requirements",
}


class Layer(NamedTuple):
    """One thing laid over another.

    Attributes:
        owner: What the state calls it.
        manifest: Its manifest; the folder in it holds ``slots/``, ``with/`` and ``without/``.
        files: The folder of its files.
        names: What the names in its text and paths stand for.
    """

    owner: str
    manifest: Extension
    files: str
    names: Mapping[str, str]


def stack(answers: Answers, extensions: Iterable[Extension]) -> list[Layer]:
    """Return the layers of a project, the base first.

    Args:
        answers: Complete answers.
        extensions: The resolved extensions, in order of initialisation.
    """
    names = answers.names()
    base = load(locations.PACKAGE, "base.toml")
    layers = [Layer("base", base, locations.BASE, names)]
    for target in DEPLOY_TARGETS:
        if answers.deploy in (target, "anywhere"):
            layers.append(_layer(load(os.path.join(locations.DEPLOY, target)), names))
    layers += [_layer(extension, names) for extension in extensions]
    for blueprint in answers.blueprints:
        manifest = load(os.path.join(locations.GENERATORS, "blueprint"))
        title = blueprint.replace("_", " ").capitalize()
        named = {**names, "blueprint": blueprint, "blueprint_title": title}
        layers.append(_layer(manifest, named, owner=f"blueprint:{blueprint}"))
    return layers


def terms(layers: Iterable[Layer], answers: Answers) -> frozenset[str]:
    """Return what bridges may ask for: the ids of all layers, and ``option=value`` of each extension.

    Raises:
        CatalogError: An option that no chosen extension has, or a value that it can't take.
    """
    layers = list(layers)
    given = dict(answers.options)
    found = {layer.manifest.id for layer in layers}
    for layer in layers:
        for name, option in layer.manifest.options.items():
            key = f"{layer.manifest.id}.{name}"
            value = given.pop(key, option.default)
            if value not in option.choices:
                raise CatalogError(
                    f"{key} can't be {value!r}.", "Choose one of: " + ", ".join(option.choices)
                )
            found.add(f"{key}={value}")
    if given:
        unknown = sorted(given)[0]
        raise CatalogError(
            f"No chosen extension has the option {unknown!r}.",
            "See: scaffold info " + unknown.partition(".")[0],
        )
    return frozenset(found)


def files(layer: Layer, chosen: frozenset[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the paths and contents that a layer brings, its bridges' among them.

    Args:
        layer: The layer.
        chosen: The terms of the selection, as `terms` gives them.
    """
    for folder in (layer.files, *(os.path.join(f, "files") for f in _bridges(layer, chosen))):
        for path in _walk(folder):
            with open(os.path.join(folder, path), "rb") as file:
                yield in_path(path, layer.names), _content(path, file.read(), layer.names)


def fragments(layer: Layer, chosen: frozenset[str]) -> Iterator[Fragment]:
    """Yield what a layer puts into slots: first what its manifest says, then its own fragment files."""
    for slot, text in _from_manifest(layer):
        yield Fragment(slot, layer.owner, text)
    for slot, key in REQUIREMENT_SLOTS.items():
        for requirement in requirements(layer, chosen, key):
            yield Fragment(slot, layer.owner, f'"{requirement}",')
    for folder in (layer.manifest.folder, *_bridges(layer, chosen)):
        slots = os.path.join(folder, "slots")
        for name in _listing(slots):
            with open(os.path.join(slots, name), "rb") as file:
                text = _named(_lines(file.read()), layer.names).decode()
            fragment = Fragment(name.partition(".")[0], layer.owner, text)
            check(fragment)
            yield fragment


def requirements(layer: Layer, chosen: frozenset[str], key: RequirementKey) -> list[str]:
    """Return what a layer requires, its bridges' requirements among it.

    Args:
        layer: The layer.
        chosen: The terms of the selection, as `terms` gives them.
        key: For running, or for developing.
    """
    found: list[str] = list(getattr(layer.manifest, key))
    for folder in _bridges(layer, chosen):
        path = os.path.join(folder, BRIDGE)
        if os.path.isfile(path):
            found += tomllib.loads(locations.read(path)).get(key, [])
    return found


def _layer(manifest: Extension, names: Mapping[str, str], owner: str = "") -> Layer:
    files = os.path.join(manifest.folder, "files")
    return Layer(owner or manifest.id, manifest, files, names)


def _bridges(layer: Layer, chosen: frozenset[str]) -> Iterator[str]:
    """Yield the bridge folders whose condition holds; an option's term may leave out the own id."""
    own = layer.manifest.id

    def holds(term: str) -> bool:
        return term in chosen or f"{own}.{term}" in chosen

    with_, without = (os.path.join(layer.manifest.folder, kind) for kind in ("with", "without"))
    for name in _listing(with_):
        if all(map(holds, name.split("+"))):
            yield os.path.join(with_, name)
    for name in _listing(without):
        if not any(map(holds, name.split("+"))):
            yield os.path.join(without, name)


def _from_manifest(layer: Layer) -> Iterator[tuple[str, str]]:
    manifest = layer.manifest
    for part in ("imports", "objects", "init"):
        if lines := manifest.wire.get(part):
            yield f"extension-{part}", "\n".join(lines)
    if manifest.settings:
        yield "settings", "\n".join([f"# {manifest.title}", *map(_assignment, manifest.settings)])
        shown = [f"# {s.help}\n# {s.env}={s.example}" for s in manifest.settings if s.show]
        if shown:
            yield "environment", "\n".join(shown)
    for process, command in manifest.processes.items():
        yield "processes", f"{process}: {command}"
    if manifest.wire:
        link = f'<a href="{manifest.docs}">{manifest.title}</a>'
        yield "landing-extensions", f"<li>{link} <span>{manifest.summary}</span></li>"


def _assignment(setting: Setting) -> str:
    if setting.code:
        return f"{setting.name} = {setting.code}"
    default = _literal(setting.default)
    return f'{setting.name} = env.{setting.kind}("{setting.env}", {default})'


def _literal(value: object) -> str:
    """Write a manifest's value as Python, with the double quotes of ruff format."""
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return repr(value)


def _walk(folder: str) -> Iterator[str]:
    """Yield the paths of all files below a folder, with ``/``, sorted; junk is passed over."""
    for entry in _entries(folder):
        if entry.is_symlink():
            raise ManifestError(f"{entry.path} is a link.", "An extension holds plain files only.")
        if entry.is_dir():
            yield from (f"{entry.name}/{below}" for below in _walk(entry.path))
        else:
            yield entry.name


def _listing(folder: str) -> list[str]:
    return [entry.name for entry in _entries(folder)]


def _entries(folder: str) -> list[os.DirEntry[str]]:
    try:
        entries = list(os.scandir(folder))
    except FileNotFoundError:
        return []
    kept = (e for e in entries if e.name not in JUNK and not e.name.endswith(".pyc"))
    return sorted(kept, key=lambda entry: entry.name)


def in_path(path: str, names: Mapping[str, str]) -> str:
    """Put names into a path of the template.

    Raises:
        ManifestError: There is no such name.
    """
    return _PATH_NAME.sub(lambda match: _value(match[1], names), path)


def _content(path: str, content: bytes, names: Mapping[str, str]) -> bytes:
    """Put names into a file's text; binary files and HTML stay as they are."""
    if b"\0" in content:
        return content
    text = _lines(content)
    return text if path.endswith(RAW) else _named(text, names)


def _lines(content: bytes) -> bytes:
    return content.replace(b"\r\n", b"\n")  # a checkout on Windows


def _named(text: bytes, names: Mapping[str, str]) -> bytes:
    return _NAME.sub(lambda match: _value(match[1].decode(), names).encode(), text)


def _value(name: str, names: Mapping[str, str]) -> str:
    if name not in names:
        raise ManifestError(
            f"There is no name {name!r} to put into a template.", "The names: " + ", ".join(names)
        )
    return names[name]
