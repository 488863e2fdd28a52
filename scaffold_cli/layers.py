"""Layers: what a selection lays over one another, and the files and fragments each one brings.

The base, the chosen extensions, and one blueprint or application for each name asked are all layers: a manifest,
a folder ``files/``, a folder ``slots/``, and bridges in ``with/`` and ``without/``. What the
players of a role have in common is laid with each of them, as one more bridge.
"""

import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from . import locations
from .answers import Answers
from .catalog import base
from .errors import AnswersError, CatalogError, ManifestError
from .extension import Extension, Setting, load
from .slots import Fragment, check

_NAME = re.compile(rb"\{\{ cookiecutter\.(\w+) \}\}")
_PATH_NAME = re.compile(r"\{\{cookiecutter\.(\w+)\}\}")
RAW = ".html"  # `_copy_without_render` in cookiecutter.json: Flask's own Jinja stays as it is
JUNK = frozenset(["__pycache__", ".DS_Store", ".mypy_cache", ".ruff_cache", ".pytest_cache"])
BRIDGE = "bridge.toml"  # what a bridge requires, where it requires anything


class Layer(NamedTuple):
    """One thing laid over another.

    Attributes:
        owner: What the state calls it.
        manifest: Its manifest; the folder in it holds ``slots/``, ``with/`` and ``without/``.
        files: The folder of its files.
        names: What the names in its text and paths stand for.
        bridges: The folder of its role, and those of its bridges whose condition holds.
        requirements, dev_requirements: What it requires, its bridges' requirements among it.
    """

    owner: str
    manifest: Extension
    files: str
    names: Mapping[str, str]
    bridges: tuple[str, ...] = ()
    requirements: tuple[str, ...] = ()
    dev_requirements: tuple[str, ...] = ()


def stack(answers: Answers, extensions: Iterable[Extension]) -> list[Layer]:
    """Return the layers of a project, the base first.

    Args:
        answers: Complete answers.
        extensions: The resolved extensions, in order of initialisation.

    Raises:
        CatalogError: An option that no chosen extension has, or a value that it can't take.
    """
    names = answers.names()
    layers = [Layer("base", base(), locations.BASE, names)]
    layers += [_layer(extension, names) for extension in extensions]
    layers += _generated(answers)
    chosen = _terms(layers, answers)
    return [_bridged(layer, chosen) for layer in layers]


def _generated(answers: Answers) -> Iterator[Layer]:
    """Yield a layer for each blueprint and each application, and one for what all of these share."""
    yield from _each("blueprint", answers.blueprints, answers)
    if answers.apps:
        yield _layer(_generator("apps"), answers.names())
    yield from _each("app", answers.apps, answers)


def _each(kind: str, members: Iterable[str], answers: Answers) -> Iterator[Layer]:
    for name in members:
        title = name.replace("_", " ").capitalize()
        named = {**answers.names(), kind: name, f"{kind}_title": title}
        yield _layer(_generator(kind), named, owner=f"{kind}:{name}")


def _generator(kind: str) -> Extension:
    return load(os.path.join(locations.GENERATORS, kind))


def _terms(layers: Iterable[Layer], answers: Answers) -> frozenset[str]:
    """Return what bridges may ask for: ids of layers, roles they play, ``id.option=value`` of each."""
    given = dict(answers.options)
    found: set[str] = set()
    for manifest in (layer.manifest for layer in layers):
        found |= {manifest.id, manifest.provides} - {""}
        for name, option in manifest.options.items():
            key = f"{manifest.id}.{name}"
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


def files(layer: Layer) -> Iterator[tuple[str, bytes]]:
    """Yield the paths and contents that a layer brings, its bridges' among them.

    Raises:
        AnswersError: The package has the name of a folder that the layer brings beside it.
    """
    package = layer.names["package"]
    for folder in (layer.files, *(os.path.join(bridge, "files") for bridge in layer.bridges)):
        for path in _walk(folder):
            if path.startswith(f"{package}/"):
                raise AnswersError(
                    f"A package named {package!r} would be mixed with the folder of {layer.owner}.",
                    f"Choose another, for example --set package={package}_app",
                )
            with open(os.path.join(folder, path), "rb") as file:
                yield in_path(path, layer.names), _content(path, file.read(), layer.names)


def fragments(layer: Layer) -> Iterator[Fragment]:
    """Yield what a layer puts into slots: first what its manifest says, then its own fragment files."""
    for slot, text in _from_manifest(layer):
        yield Fragment(slot, layer.owner, _named(text.encode(), layer.names).decode())
    for folder in (layer.manifest.folder, *layer.bridges):
        slots = os.path.join(folder, "slots")
        for name in _listing(slots):
            with open(os.path.join(slots, name), "rb") as file:
                text = _named(_lines(file.read()), layer.names).decode()
            fragment = Fragment(name.partition(".")[0], layer.owner, text)
            check(fragment)
            yield fragment


def _layer(manifest: Extension, names: Mapping[str, str], owner: str = "") -> Layer:
    files = os.path.join(manifest.folder, "files")
    return Layer(owner or manifest.id, manifest, files, names)


def _bridged(layer: Layer, chosen: frozenset[str]) -> Layer:
    """Return a layer with the bridges that a selection calls for, and what they require."""
    bridges = tuple(_bridges(layer.manifest, chosen))
    paths = (os.path.join(bridge, BRIDGE) for bridge in bridges)
    tables = [tomllib.loads(locations.read(path)) for path in paths if os.path.isfile(path)]
    run, develop = (
        [name for table in tables for name in table.get(key, ())]
        for key in ("requirements", "dev_requirements")
    )
    return layer._replace(
        bridges=bridges,
        requirements=(*layer.manifest.requirements, *run),
        dev_requirements=(*layer.manifest.dev_requirements, *develop),
    )


def _bridges(manifest: Extension, chosen: frozenset[str]) -> Iterator[str]:
    """Yield the folder of a layer's role, and the bridges of both whose condition holds."""
    own, *shared = manifest.folders
    yield from shared
    for folder in (*shared, own):
        yield from _open(folder, manifest.id, chosen)


def _open(folder: str, owner: str, chosen: frozenset[str]) -> Iterator[str]:
    """Yield the bridge folders of a folder whose condition holds, and those within them.

    An option's term may leave out the own id.
    """

    def holds(term: str) -> bool:
        return term in chosen or f"{owner}.{term}" in chosen

    with_, without = (os.path.join(folder, kind) for kind in ("with", "without"))
    found = [os.path.join(with_, n) for n in _listing(with_) if all(map(holds, n.split("+")))]
    found += [
        os.path.join(without, n) for n in _listing(without) if not any(map(holds, n.split("+")))
    ]
    for bridge in found:
        yield bridge
        yield from _open(bridge, owner, chosen)


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
        if unfit := [_check(s) for s in manifest.settings if s.production]:
            yield "checks", "\n".join(unfit)
    for process, command in manifest.processes.items():
        slot = "web" if process == "web" else "processes"
        yield slot, f"{process}: {command}"
    if manifest.wire:
        link = f'<a href="{manifest.docs}">{manifest.title}</a>'
        yield "landing-extensions", f"<li>{link} <span>{manifest.summary}</span></li>"


def _assignment(setting: Setting) -> str:
    if setting.code:
        return f"{setting.name} = {setting.code}"
    default = _literal(setting.default)
    return f'{setting.name} = env.{setting.kind}("{setting.env}", {default})'


def _check(setting: Setting) -> str:
    """Write the check that a default which is not for a server has been replaced."""
    told = [setting.name, setting.default, setting.production]
    told += [setting.env] if setting.env != setting.name else []
    lines = [f"    {_literal(value)}," for value in told]
    return "\n".join(["checks.embedded(", *lines, "),"])


def _literal(value: object) -> str:
    """Write a manifest's value as Python, with the double quotes of ruff format."""
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return "[" + ", ".join(map(_literal, value)) + "]"
    return repr(value)


def _walk(folder: str) -> Iterator[str]:
    """Yield the paths of all files below a folder, with ``/``, sorted; junk is passed over."""
    for entry in _entries(folder):
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
    kept = [e for e in entries if e.name not in JUNK and not e.name.endswith(".pyc")]
    strange = [entry.path for entry in kept if not _is_plain(entry)]
    if strange or os.path.islink(folder):
        raise ManifestError(
            f"{(strange or [folder])[0]} is a link, or no file at all.",
            "An extension holds plain files only.",
        )
    return sorted(kept, key=lambda entry: entry.name)


def _is_plain(entry: os.DirEntry[str]) -> bool:
    return entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False)


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
