"""Which catalogues a command looks into: those that are named, and those that a project was made with."""

import os
import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from .. import locations, state
from ..branches import without_doubles
from ..catalog import Catalog, Sources
from ..errors import CatalogError, TargetError
from ..plugins import open_catalog


def open_in(project: str, named: Iterable[str] = ()) -> Catalog:
    """Return our own catalogue, with the folders a person names and those that a project records.

    Args:
        project: A folder; one that is no project records nothing.
        named: Folders given with ``--catalog``.

    Raises:
        CatalogError: One that is named is no folder.
        TargetError: The project's record is broken.
    """
    return open_catalog([*named, *folders_of(project)])


def open_of(project: str, named: Iterable[str] = ()) -> Catalog:
    """Return the catalogue as `open_in`, if it holds all that the project was made with.

    Raises:
        CatalogError: A folder or package that is recorded is not there, and no other is named.
    """
    named = list(named)
    if not named:
        _refuse_missing(project)
    return open_in(project, named)


def folders_of(project: str) -> list[str]:
    """Return those folders of extensions that a project records and that are there."""
    return [path for path in _recorded_folders(project).values() if os.path.isdir(path)]


def folders_with(answers_file: str) -> list[str]:
    """Return the folders of extensions that a file of answers needs, if it is a project's record."""
    path = os.path.normpath(answers_file)
    scaffold, name = os.path.split(path)
    if (os.path.basename(scaffold), name) != os.path.split(state.STATE):
        return []
    return folders_of(os.path.dirname(scaffold) or os.curdir)


def _refuse_missing(project: str) -> None:
    for folder, path in _recorded_folders(project).items():
        if not os.path.isdir(path):
            raise CatalogError(
                f"Extensions of this project come from the folder {folder}, which is not there.",
                "Take it back, or name the place where it is now: --catalog DIR",
            )
    for package in recorded(project).packages:
        if not _is_installed(package.partition("==")[0]):
            raise CatalogError(
                f"Extensions of this project come from {package}, which is not installed.",
                f"Install it beside scaffold: pip install {package}",
            )


def _is_installed(package: str) -> bool:
    from importlib.metadata import PackageNotFoundError, version

    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


def _loaded(text: str) -> Mapping[str, Any]:
    try:
        return state.parsed(text)
    except tomllib.TOMLDecodeError:  # after a merge of branches, facts may stand there twice
        return state.parsed(without_doubles(text))


def _recorded_folders(project: str) -> dict[str, str]:
    """Return the folders that a project records, to where they are from here."""
    return {
        folder: os.path.normpath(os.path.join(project, *folder.split("/")))
        for folder in recorded(project).folders
    }


def recorded(project: str) -> Sources:
    """Return where a project's extensions come from that are not our own; nowhere without a record.

    Raises:
        TargetError: The record is broken.
    """
    path = os.path.join(project, *state.STATE.split("/"))
    if not os.path.isfile(path):
        return Sources()
    try:
        return state.sources(_loaded(locations.read(path)))
    except (AttributeError, TypeError, ValueError) as error:
        raise TargetError(
            f"{path} can't be read: {error}", "Take it back from your repository."
        ) from error
