"""An extension as its manifest describes it: a folder of data, read once."""

import os
import tomllib
from collections.abc import Mapping
from typing import Any, NamedTuple

from . import locations
from .errors import ManifestError

MANIFEST = "extension.toml"


class Option(NamedTuple):
    """A choice that an extension offers.

    Attributes:
        choices: What may be chosen.
        default: What is taken when nothing is said.
        help: One line.
    """

    choices: tuple[str, ...]
    default: str
    help: str


class Setting(NamedTuple):
    """One value that the project reads from its environment.

    Attributes:
        name: The key in ``app.config``.
        env: The environment variable.
        kind: The method of ``environs.Env`` that reads it.
        default: The embedded default, which needs no server.
        help: One sentence.
        code: The whole right-hand side in ``settings.py``, where reading one variable is not enough.
        example: What ``.env.example`` shows.
        show: Whether ``.env.example`` shows it at all.
        production: Why the default is not for a server, in one sentence; empty if it is.
        probe: What it is while ``scaffold doctor`` looks at the application; None for what it is anyway.
    """

    name: str
    env: str
    kind: str
    default: Any
    help: str
    code: str
    example: str
    show: bool
    production: str
    probe: str | None


class Extension(NamedTuple):
    """Anything that can be laid over the base; see ``docs/extensions.md`` for authors.

    Attributes:
        id: Its name in commands and in the state.
        folder: Where its data is.
        title, group, summary, docs: What people read.
        replaces: Names that people know, to the reason why this one stands in (perhaps empty).
        provides: A role that only one extension of a project may have; may be empty.
        requires: Ids, and roles, that are pulled in with it.
        conflicts: Ids that it can't stand beside, to the reason.
        after: Ids, and roles, that are initialised before it, when chosen.
        requirements, dev_requirements: Package names and extras, without versions.
        multi_app: Whether one object may serve several applications of a process.
        bound: Where it is found on an application it is bound to, as ``extensions.cache``; may be empty.
        options: Its choices.
        wire: Lines for ``extensions.py``: ``imports``, ``objects``, ``init``.
        settings: What it reads from the environment.
        processes: Lines for the Procfile.
        prepare: Commands of the project's ``manage.py`` to run once after the first install.
        seed: Paths that are written once and then belong to the owner.
    """

    id: str
    folder: str
    title: str
    group: str
    summary: str
    docs: str
    replaces: Mapping[str, str]
    provides: str
    requires: tuple[str, ...]
    conflicts: Mapping[str, str]
    after: tuple[str, ...]
    requirements: tuple[str, ...]
    dev_requirements: tuple[str, ...]
    multi_app: bool
    bound: str
    options: Mapping[str, Option]
    wire: Mapping[str, list[str]]
    settings: tuple[Setting, ...]
    processes: Mapping[str, str]
    prepare: tuple[str, ...]
    seed: tuple[str, ...]

    @property
    def folders(self) -> tuple[str, ...]:
        """Where its data is: its own folder, and the one that all players of its role share, if any."""
        if not self.provides:
            return (self.folder,)
        return (self.folder, os.path.join(locations.ROLES, self.provides))

    def stands_in(self, known: str) -> str:
        """Tell in one line why this one stands in for a name that it replaces."""
        reason = self.replaces[known] or f"{known} is replaced by {self.title}."
        return reason if known.casefold() in reason.casefold() else f"{known}: {reason}"


def load(folder: str, manifest: str = MANIFEST) -> Extension:
    """Read an extension's manifest.

    Args:
        folder: The extension's folder.
        manifest: The manifest's file name in it.

    Raises:
        ManifestError: It is no TOML, or has no id.
    """
    path = os.path.join(folder, manifest)
    try:
        data = tomllib.loads(locations.read(path))
        return _from_toml(data, folder)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, AttributeError) as error:
        raise ManifestError(
            f"{path} is no manifest: {error}", "See docs/extensions.md, or run the conformance kit."
        ) from error


def _from_toml(data: Mapping[str, Any], folder: str) -> Extension:
    return Extension(
        id=data["id"],
        folder=folder,
        title=data.get("title", data["id"]),
        group=data.get("group", "other"),
        summary=data.get("summary", ""),
        docs=data.get("docs", ""),
        replaces=_reasons(data.get("replaces", ())),
        provides=data.get("provides", ""),
        requires=tuple(data.get("requires", ())),
        conflicts=_reasons(data.get("conflicts", ())),
        after=tuple(data.get("after", ())),
        requirements=tuple(data.get("requirements", ())),
        dev_requirements=tuple(data.get("dev_requirements", ())),
        multi_app=data.get("multi_app", True),
        bound=data.get("bound", ""),
        options={name: _option(table) for name, table in data.get("options", {}).items()},
        wire=data.get("wire", {}),
        settings=tuple(_setting(name, table) for name, table in data.get("settings", {}).items()),
        processes=data.get("processes", {}),
        prepare=tuple(data.get("prepare", ())),
        seed=tuple(data.get("seed", ())),
    )


def _reasons(value: Any) -> Mapping[str, str]:
    """Take a table of names to reasons, or a plain list of names."""
    return dict(value) if isinstance(value, dict) else dict.fromkeys(value, "")


def _option(table: Mapping[str, Any]) -> Option:
    return Option(tuple(table["choices"]), table["default"], table.get("help", ""))


def _setting(name: str, table: Mapping[str, Any]) -> Setting:
    default = table.get("default", "")
    return Setting(
        name=name,
        env=table.get("env", name),
        kind=table.get("kind", "str"),
        default=default,
        help=table.get("help", ""),
        code=table.get("code", ""),
        example=str(table.get("example", _as_text(default))),
        show=table.get("show", True),
        production=table.get("production", ""),
        probe=table.get("probe"),
    )


def _as_text(value: Any) -> str:
    """Write a default as an environment variable holds it."""
    return str(value).lower() if isinstance(value, bool) else str(value)
