"""What the questions in ``cookiecutter.json`` need in plain cookiecutter: two filters, two globals."""

import os
import sys

if sys.version_info < (3, 11):  # cookiecutter shows this line and stops
    raise ImportError("this template needs cookiecutter to run on Python 3.11 or newer")

from jinja2 import Environment
from jinja2.ext import Extension

from .answers import running_python
from .locations import PACKAGE
from .names import identifier, slug


class Names(Extension):
    """Gives Jinja the filters ``slug`` and ``identifier`` and the globals ``python_version`` and ``scaffold_home``."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.filters.update(slug=slug, identifier=identifier)
        environment.globals.update(
            python_version=running_python(), scaffold_home=os.path.dirname(PACKAGE)
        )
