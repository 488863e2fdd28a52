"""Catalogues of others: folders of extensions that installed packages bring, or that a person names."""

import os
from collections.abc import Iterable

from . import locations
from .catalog import Catalog
from .errors import CatalogError

GROUP = "scaffold.extensions"


def open_catalog(named: Iterable[str] = ()) -> Catalog:
    """Return our own catalogue, with the folders a person names and those of installed packages.

    Args:
        named: Folders given with ``--catalog``.

    Raises:
        CatalogError: One of them is no folder.
    """
    named = list(named)
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
    """Return the folders of extensions that installed packages bring; none of their code is run.

    An entry point of the group ``scaffold.extensions`` names the package whose folder holds them.
    """
    from importlib.metadata import entry_points
    from importlib.util import find_spec

    folders = []
    for point in entry_points(group=GROUP):
        spec = find_spec(point.module)
        if spec and spec.submodule_search_locations:
            folders.extend(spec.submodule_search_locations)
    return sorted(folders)
