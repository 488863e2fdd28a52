"""The core's commands as a module of their own, under the name that Flask-Script has."""

import shlex
import sys
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import projects
from click.testing import CliRunner, Result
from projects import Done, clean_environment

from scaffold_cli import locations

CORE = Path(locations.BASE, "{{cookiecutter.package}}", "core")
# How another Python finds it, and leaves no byte code in the template.
ENVIRONMENT = {"PYTHONPATH": str(CORE), "PYTHONDONTWRITEBYTECODE": "1"}


@cache
def load() -> Any:
    """Import the package from the template; it needs nothing else of the core."""
    folder = CORE / "script"
    spec = spec_from_file_location(
        "flask_script", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec and spec.loader
    module = sys.modules[spec.name] = module_from_spec(spec)
    writes_nothing, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        spec.loader.exec_module(module)
    finally:
        sys.dont_write_bytecode = writes_nothing
    return module


def invoke(manager: Any, line: str, typed: str | None = None) -> Result:
    """Run a command line as after ``python manage.py``; an error of the command is raised."""
    return run(manager, shlex.split(line), typed)


def run(manager: Any, words: list[str], typed: str | None = None) -> Result:
    """Run the words of a command line."""
    return CliRunner().invoke(manager, words, typed, prog_name="manage.py", catch_exceptions=False)


def python(code: str) -> Done:
    """Run code in a Python of its own, where the package is ``script``."""
    command = (sys.executable, "-c", code)
    return projects.run(*command, cwd=CORE, environment=clean_environment(**ENVIRONMENT))
