"""The fast path of the core, imported from the template as it stands there."""

import re
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

from scaffold_cli import locations

NAME = "core_fast"
FOLDER = Path(locations.BASE) / "{{cookiecutter.package}}" / "core" / "fast"


def load() -> ModuleType:
    """Return the package ``core/fast``; its modules are ``core_fast.routing`` and so on."""
    if NAME not in sys.modules:
        spec = spec_from_file_location(
            NAME, FOLDER / "__init__.py", submodule_search_locations=[str(FOLDER)]
        )
        assert spec is not None and spec.loader is not None
        package = sys.modules[NAME] = module_from_spec(spec)
        spec.loader.exec_module(package)
    return sys.modules[NAME]


def pinned(package: str) -> str:
    """Return a package and the version of it that projects get, as in ``flask==3.1.3``."""
    pins = Path(locations.PACKAGE, "pins.txt").read_text("utf-8")
    found = re.search(rf"^{package}==\S+", pins, re.MULTILINE)
    assert found is not None
    return found.group()
