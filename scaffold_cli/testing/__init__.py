"""The conformance kit: what our own extensions are checked by, for those of others too.

In the tests of a package that brings extensions::

    import pytest
    from scaffold_cli.testing import checks, try_out

    @pytest.mark.parametrize("check", checks("acme_extensions"), ids=str)
    def test_the_extensions_keep_the_contract(check):
        check()

    def test_a_project_with_humanize_works():
        try_out("humanize sqlalchemy", "acme_extensions")

Needs the extra ``scaffold-flask[testing]``.
"""

import os
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from ..catalog import Catalog
from ..errors import CatalogError, ScaffoldError
from ..extension import MANIFEST
from ..plugins import open_catalog
from . import contract, rows
from .rows import RowError
from .selections import Selection, covering

__all__ = ["ConformanceCheck", "RowError", "Selection", "checks", "covering", "try_out"]


class ConformanceCheck(NamedTuple):
    """One check of one extension; call it.

    Attributes:
        extension: The extension's id.
        check: What is checked.
        catalog: Our own catalogue, with that of the extension.
    """

    extension: str
    check: contract.Check
    catalog: Catalog

    def __str__(self) -> str:
        return f"{self.extension} {self.check.__name__.replace('_', ' ')}"

    def __call__(self) -> None:
        """Check it.

        Raises:
            AssertionError: It breaks the contract; a line for each place.
        """
        try:
            found = list(self.check(self.catalog[self.extension], self.catalog))
        except ScaffoldError as error:
            found = [error.message]
        assert not found, f"{self}:\n" + "\n".join(found)


def checks(where: str | os.PathLike[str]) -> list[ConformanceCheck]:
    """Return the checks of all extensions of a catalogue.

    Args:
        where: A folder of extensions, or the package that an entry point names.

    Raises:
        CatalogError: There is no such folder or package.
    """
    folder = _folder(where)
    catalog = open_catalog([folder])
    ids = sorted(path.parent.name for path in Path(folder).glob(f"*/{MANIFEST}"))
    return [ConformanceCheck(name, check, catalog) for name in ids for check in contract.CHECKS]


def try_out(selection: str, *catalogs: str | os.PathLike[str]) -> None:
    """Make a project and see it work: installed, tested, linted, typed, served, stopped.

    Args:
        selection: Words separated by spaces: ids, ``id.option=value``, ``deploy=none``.
        catalogs: Folders of extensions, or packages, beside our own.

    Raises:
        RowError: It does not; the text is what was printed, and the folder stays to look at.
    """
    rows.try_out(Selection.of(selection), [_folder(where) for where in catalogs])


def _folder(where: str | os.PathLike[str]) -> str:
    """Return the folder of a catalogue, which may be named by its package."""
    path = os.fspath(where)
    if os.path.isdir(path):
        return os.path.abspath(path)
    spec = find_spec(path) if path.replace(".", "").isidentifier() else None
    folders = list(spec.submodule_search_locations or ()) if spec else []
    if not folders:
        raise CatalogError(
            f"{path} is no folder and no package.", "Name one that holds extensions."
        )
    return folders[0]
