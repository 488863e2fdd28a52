"""Where the package keeps its own data: in a checkout, and in an installed wheel."""

import os

PACKAGE = os.path.dirname(os.path.abspath(__file__))

# A wheel carries the template inside the package; a checkout is itself the template.
_SHIPPED = os.path.join(PACKAGE, "template")
TEMPLATE = _SHIPPED if os.path.isdir(_SHIPPED) else os.path.dirname(PACKAGE)

BASE = os.path.join(TEMPLATE, "{{cookiecutter.project_slug}}")
QUESTIONS = os.path.join(TEMPLATE, "cookiecutter.json")
EXTENSIONS = os.path.join(PACKAGE, "extensions")
ROLES = os.path.join(PACKAGE, "roles")
GENERATORS = os.path.join(PACKAGE, "generators")


def read(path: str) -> str:
    """Return the text of one of the package's own files: UTF-8, lines ended by one character."""
    with open(path, encoding="utf-8") as file:
        return file.read()
