"""The core's commands: run in this process, and in a Python of their own."""

import shlex
import sys
from typing import Any

import projects
import vendored
from click.testing import CliRunner, Result
from projects import Done, clean_environment

# How another Python finds them, and leaves no byte code in the template.
ENVIRONMENT = {"PYTHONPATH": str(vendored.FOLDER), "PYTHONDONTWRITEBYTECODE": "1"}


def invoke(manager: Any, line: str, typed: str | None = None) -> Result:
    """Run a command line as after ``python manage.py``; an error of the command is raised."""
    return run(manager, shlex.split(line), typed)


def run(manager: Any, words: list[str], typed: str | None = None) -> Result:
    """Run the words of a command line."""
    return CliRunner().invoke(manager, words, typed, prog_name="manage.py", catch_exceptions=False)


def python(code: str) -> Done:
    """Run code in a Python of its own, where the package is ``script``."""
    command = (sys.executable, "-c", code)
    return projects.run(*command, cwd=vendored.FOLDER, environment=clean_environment(**ENVIRONMENT))
