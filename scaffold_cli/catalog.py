"""The catalogue: which extensions there are, and what a selection of them comes to."""

import os
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from . import locations
from .errors import CatalogError
from .extension import MANIFEST, Extension, load


class Sources(NamedTuple):
    """Where a project's extensions come from that are not our own.

    Attributes:
        folders: Folders of extensions, from the project's folder and with ``/``; an earlier one wins.
        packages: Installed packages that bring some, ``name==version``.
    """

    folders: tuple[str, ...] = ()
    packages: tuple[str, ...] = ()


class Catalog:
    """Extensions by id, each read when it is first asked for.

    Args:
        folders: Folders that hold one folder an extension; an earlier one wins.
        discover: Gives more folders; called once, and only when those are not enough.
        check: Called with an extension's folder before it is read, unless it is one of our own.
    """

    def __init__(
        self,
        folders: Sequence[str] = (locations.EXTENSIONS,),
        discover: Callable[[], Iterable[str]] = tuple,
        check: Callable[[str], None] = lambda folder: None,
    ) -> None:
        self._check = check
        self._folders = list(folders)
        self._discover: Callable[[], Iterable[str]] | None = discover
        self._loaded: dict[str, Extension] = {}

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders looked into so far."""
        return tuple(self._folders)

    def __iter__(self) -> Iterator[Extension]:
        """Read every extension, sorted by id."""
        self._take_discovered()
        ids = {
            entry.name
            for folder in self._folders
            for entry in os.scandir(folder)
            if os.path.isfile(os.path.join(entry.path, MANIFEST))
        }
        return (self[name] for name in sorted(ids))

    def __contains__(self, name: str) -> bool:
        return name in self._loaded or self._folder_of(name) is not None

    def __getitem__(self, name: str) -> Extension:
        """Return an extension by its id.

        Raises:
            CatalogError: There is none; the hint names the nearest.
        """
        if name not in self._loaded:
            folder = self._folder_of(name)
            if folder is None:
                raise self._unknown(name)
            if os.path.dirname(folder) != locations.EXTENSIONS:
                self._check(folder)
            self._loaded[name] = load(folder)
        return self._loaded[name]

    def find(self, name: str) -> tuple[Extension, str]:
        """Return the extension that a person means, and why it is another than the one named.

        What every project's core plays is found, too: then it is the `base`.

        Args:
            name: An id, a title such as ``Flask-Login``, or a name that an extension replaces.

        Raises:
            CatalogError: There is none; the hint names the nearest.
        """
        if name in self:
            return self[name], ""
        wanted = name.casefold()
        everything = (*self, base())
        for extension in everything:
            if wanted in (extension.id.casefold(), extension.title.casefold()):
                return extension, ""
        for extension in everything:
            for known in extension.replaces:
                if wanted == known.casefold():
                    return extension, extension.stands_in(known)
        raise self._unknown(name)

    def resolve(self, asked: Iterable[str]) -> tuple[Extension, ...]:
        """Close a selection over what it needs, and put it in order of initialisation.

        The result depends on the set alone, never on the order it is given in.

        Args:
            asked: Ids, and roles that have to be played.

        Raises:
            CatalogError: An id is unknown, or two of them can't stand together.
        """
        chosen = self._close(asked)
        _refuse_conflicts(chosen)
        ranks = {name: self._rank(name) for name in chosen}
        return _in_order(chosen, ranks)

    def _rank(self, name: str, above: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Return the place of an extension among all that there are: by its id, but behind what it comes after.

        What is not chosen counts, too. So what is chosen stands in the same order whatever comes to it, and no line
        moves past those that a project's owner wrote.
        """
        known = self[roles().get(name, name)]
        prior = [roles().get(other, other) for other in (*known.after, *known.requires)]
        left = {other for other in prior if other in self} - {*above, known.id}
        behind = max((self._rank(other, (*above, known.id)) for other in left), default=())
        return (*behind, known.id) if behind > (known.id,) else (known.id,)

    def _close(self, asked: Iterable[str]) -> dict[str, Extension]:
        """Take in what is required; for a role that nothing chosen plays, its default."""
        chosen: dict[str, Extension] = {}
        needed: set[str] = set()  # roles
        waiting = sorted(asked)
        while waiting:
            name = waiting.pop()
            if name in roles():
                needed.add(name)
            elif name not in chosen:
                chosen[name] = self[name]
                waiting.extend(chosen[name].requires)
            if not waiting:
                played = {extension.provides for extension in chosen.values()}
                waiting.extend(roles()[role] for role in sorted(needed - played)[:1])
        return chosen

    def _folder_of(self, name: str) -> str | None:
        if not name.replace("-", "").replace("_", "").isalnum():
            return None  # no path tricks
        return _within(self._folders, name) or _within(self._take_discovered(), name)

    def _take_discovered(self) -> list[str]:
        """Return the folders that discovery adds the first time; none later."""
        if self._discover is None:
            return []
        added, self._discover = list(self._discover()), None
        self._folders += added
        return added

    def _unknown(self, name: str) -> CatalogError:
        from difflib import get_close_matches

        known = {_core(word): word for word in base().replaces}
        known |= {_core(word): e.id for e in self for word in (e.title, *e.replaces, e.id)}
        near = get_close_matches(_core(name), known, n=1)
        hint = f"Did you mean {known[near[0]]}?" if near else "See: scaffold list"
        return CatalogError(f"There is no extension {name!r}.", hint)


@cache
def base() -> Extension:
    """Return the base project, described as an extension is: what every project has."""
    return load(locations.PACKAGE, "base.toml")


@cache
def groups() -> Mapping[str, str]:
    """Return the groups that we know, in the order in which they are shown, to their titles."""
    return dict(tomllib.loads(locations.read(os.path.join(locations.PACKAGE, "groups.toml"))))


def by_group(extensions: Iterable[Extension]) -> list[tuple[str, list[Extension]]]:
    """Return the groups that extensions are in, ours first, and in each the extensions by id."""
    found: dict[str, list[Extension]] = {name: [] for name in groups()}
    for extension in sorted(extensions, key=lambda one: (one.group, one.id)):
        found.setdefault(extension.group, []).append(extension)
    return [(name, members) for name, members in found.items() if members]


def group_title(name: str) -> str:
    """Return a group's title; a group of others is called as they call it."""
    return groups().get(name, name.capitalize())


@cache
def roles() -> Mapping[str, str]:
    """Return each role that may be required, and the extension that plays it unless another is chosen."""
    return dict(tomllib.loads(locations.read(os.path.join(locations.PACKAGE, "roles.toml"))))


def _core(name: str) -> str:
    """Return what tells a name apart: half of all extensions are called Flask-something."""
    return name.casefold().removeprefix("flask-")


def _within(folders: Iterable[str], name: str) -> str | None:
    paths = (os.path.join(folder, name) for folder in folders)
    return next((path for path in paths if os.path.isfile(os.path.join(path, MANIFEST))), None)


def _refuse_conflicts(chosen: Mapping[str, Extension]) -> None:
    providers: dict[str, str] = {}
    for name in sorted(chosen):
        extension = chosen[name]
        for other, reason in sorted(extension.conflicts.items()):
            if other in chosen:
                raise _conflict(name, other, reason)
        role = extension.provides
        if role and providers.setdefault(role, name) != name:
            raise _conflict(providers[role], name, f"only one can play the role {role}")


def _conflict(one: str, other: str, reason: str) -> CatalogError:
    because = f": {reason.rstrip('.')}" if reason else ""
    return CatalogError(f"{one} and {other} can't stand together{because}.", "Choose one of them.")


def _in_order(
    chosen: Mapping[str, Extension], ranks: Mapping[str, tuple[str, ...]]
) -> tuple[Extension, ...]:
    """Sort topologically by ``after`` and ``requires``, and by rank where those leave it open."""
    players = {e.provides: name for name, e in chosen.items() if e.provides}
    before = {
        name: {players.get(other, other) for other in (*e.after, *e.requires)} & {*chosen} - {name}
        for name, e in chosen.items()
    }
    ordered: list[Extension] = []
    while ready := [name for name, others in before.items() if not others]:
        done = min(ready, key=ranks.__getitem__)
        ordered.append(chosen[done])
        del before[done]
        for others in before.values():
            others.discard(done)
    if before:
        raise CatalogError(
            f"{' and '.join(sorted(before))} are each to come after the other.",
            "Mend 'after' in one of their manifests.",
        )
    return tuple(ordered)
