"""The core that projects carry, importable as ``core`` from the template: tests of it need no project."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from scaffold_cli import locations

FOLDER = Path(locations.BASE, "{{cookiecutter.package}}", "core")


def _import() -> None:
    spec = spec_from_file_location("core", FOLDER / "__init__.py")
    assert spec is not None and spec.loader is not None
    sys.modules["core"] = module = module_from_spec(spec)
    writes_nothing, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)  # and leaves no byte code in the template
    finally:
        sys.dont_write_bytecode = writes_nothing


if "core" not in sys.modules:
    _import()
