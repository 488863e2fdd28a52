"""The two cookiecutter hooks: plain cookiecutter comes to the same bytes as ``scaffold new``.

Cookiecutter renders the base by itself; the hook lays the rest over it with the very composition that ``scaffold new``
uses. Needs nothing but the standard library and Jinja2, as cookiecutter's environment may hold nothing else.
"""

import os
import sys
from collections.abc import Mapping
from shutil import rmtree
from typing import Any, NoReturn

from . import secret, state, workspace
from .answers import Answers, complete
from .errors import ScaffoldError
from .plugins import open_catalog, sources
from .render import render
from .tree import Tree


def check(context: Mapping[str, Any]) -> None:
    """Refuse bad answers before anything is rendered; cookiecutter then leaves nothing behind.

    Args:
        context: Cookiecutter's answers.
    """
    try:
        render(_answers(context), open_catalog())
    except ScaffoldError as error:
        _stop(error)


def lay(context: Mapping[str, Any]) -> None:
    """Write the whole project over what cookiecutter rendered in this folder.

    Args:
        context: Cookiecutter's answers.
    """
    try:
        answers = _answers(context)
        catalog = open_catalog()
        tree = render(answers, catalog)
    except ScaffoldError as error:
        _stop(error)
    _clean(tree)
    files = {path: file.content for path, file in tree.items()}
    if not os.path.exists(secret.FILE):
        files[secret.FILE] = secret.dotenv(tree)
    brought = sources(catalog.resolve(answers.asked()), catalog, ".")
    workspace.write(".", {**files, **state.record(answers, tree, brought)})
    print(
        f"{answers.project_name} is in {answers.project_slug}: README.md there says how to go on."
    )


def _clean(tree: Tree) -> None:
    """Remove the byte code that pip left in an installed template, and cookiecutter copied."""
    for folder in {os.path.dirname(path) for path in tree}:
        rmtree(os.path.join(folder, "__pycache__"), ignore_errors=True)


def _answers(context: Mapping[str, Any]) -> Answers:
    return complete({k: str(v) for k, v in context.items() if not k.startswith("_")})


def _stop(error: ScaffoldError) -> NoReturn:
    sys.exit(f"Error: {error.message}\n       {error.hint}")
