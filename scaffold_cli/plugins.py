"""Catalogues of others: folders of extensions that installed packages bring, or that a person names."""

import os
from collections.abc import Iterable

from . import locations
from .catalog import Catalog, Sources
from .errors import CatalogError
from .extension import Extension

GROUP = "scaffold.extensions"


def open_catalog(named: Iterable[str] = ()) -> Catalog:
    """Return our own catalogue, with the folders a person names and those of installed packages.

    Args:
        named: Folders given with ``--catalog``.

    Raises:
        CatalogError: One of them is no folder.
    """
    named = list(dict.fromkeys(map(os.path.normpath, named)))
    for folder in named:
        if not os.path.isdir(folder):
            raise CatalogError(f"The catalogue {folder} is no folder.", "Check --catalog.")
    return Catalog([locations.EXTENSIONS, *named], installed_folders, _check)


def _check(folder: str) -> None:
    """Check a foreign manifest; plain cookiecutter's environment may have nothing to do it with."""
    from importlib.util import find_spec

    if find_spec("jsonschema"):
        from .manifest_schema import check

        check(folder)


def installed_folders() -> list[str]:
    """Return the folders of extensions that installed packages bring; none of their code is run."""
    return sorted(installed())


def installed() -> dict[str, str]:
    """Return the folders of extensions that installed packages bring, to the packages, ``name==version``.

    An entry point of the group ``scaffold.extensions`` names the package whose folder holds them.
    """
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    found: dict[str, str] = {}
    for point in entry_points(group=GROUP):
        spec = find_spec(point.module)
        if spec and spec.submodule_search_locations and point.dist:
            package = f"{point.dist.name}=={point.dist.version}"
            found |= dict.fromkeys(map(os.path.normpath, spec.submodule_search_locations), package)
    return found


def sources(extensions: Iterable[Extension], catalog: Catalog, project: str) -> Sources:
    """Return where those extensions come from that are not our own.

    Args:
        extensions: What is in a project.
        catalog: Where they were found.
        project: The project's folder; what is recorded leads on from there, so that it holds on every machine.
    """
    used = {os.path.dirname(extension.folder) for extension in extensions} - {locations.EXTENSIONS}
    if not used:
        return Sources()
    packages = installed()
    folders = [folder for folder in catalog.folders if folder in used and folder not in packages]
    return Sources(
        tuple(filter(None, (_relative(folder, project) for folder in folders))),
        tuple(sorted({packages[folder] for folder in used if folder in packages})),
    )


def _relative(folder: str, project: str) -> str:
    """Return the way from a project to a folder; there is none from one drive of Windows to another."""
    try:
        return os.path.relpath(folder, project).replace(os.sep, "/")
    except ValueError:
        return ""
