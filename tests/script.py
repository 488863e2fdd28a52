"""The core's commands as a module of their own, under the name that Flask-Script has."""

import shlex
import subprocess
import sys
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from scaffold_cli import locations

CORE = Path(locations.BASE, "{{cookiecutter.package}}", "core")


@cache
def load() -> Any:
    """Import the package from the template; it needs nothing else of the core."""
    folder = CORE / "script"
    spec = spec_from_file_location(
        "flask_script", folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec and spec.loader
    module = sys.modules[spec.name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def invoke(manager: Any, line: str, typed: str | None = None) -> Result:
    """Run a command line as after ``python manage.py``; an error of the command is raised."""
    return run(manager, shlex.split(line), typed)


def run(manager: Any, words: list[str], typed: str | None = None) -> Result:
    """Run the words of a command line."""
    return CliRunner().invoke(manager, words, typed, prog_name="manage.py", catch_exceptions=False)


def python(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a Python of its own, where the package is ``script``."""
    code = f"import sys; sys.path.append({str(CORE)!r}); {code}"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
