"""Has Flask-Script's own suite import the core: a plugin of pytest, for ``python -m pytest -p script_plugin``.

The suite looks into Flask-Script's insides here and there, its stand-ins lack what the real ones have today, and it was
written for an older pytest. This is made up for here, and nothing else.
"""

import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import nullcontext
from io import StringIO
from types import ModuleType

import pytest
import script
from click import Context
from flask.cli import AppGroup


def _commands(manager: script.Manager) -> dict[str, object]:
    """Return the commands by name, as Flask-Script keeps them."""
    return {
        name.replace("-", "_"): getattr(command, "wrapped", command)
        for name, command in manager.commands.items()
    }


def _create_parser(manager: script.Manager, prog: str) -> Namespace:
    """Return what prints the help."""
    return Namespace(format_help=lambda: manager.get_help(Context(manager, info_name=prog)))


def _module(name: str, **content: object) -> None:
    sys.modules[name] = ModuleType(name)
    vars(sys.modules[name]).update(content)


script.Manager._commands = property(_commands)
script.Manager.create_parser = _create_parser
_module("flask.ext")
_module("flask.ext.script", **{name: getattr(script, name) for name in script.__all__})
_module("flask.ext.script._compat", StringIO=StringIO, text_type=str)


def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Give the application a group of commands and a context, and the output a flush."""
    for module in {item.module for item in items}:
        module.AppForTesting.cli = AppGroup()
        module.AppForTesting.app_context = nullcontext
        module.Catcher.flush = lambda self: None


@pytest.fixture(autouse=True)
def _setup(request: pytest.FixtureRequest) -> Iterator[None]:
    """Call the method that pytest called before version 8."""
    if hasattr(request.instance, "setup"):
        request.instance.setup()
    yield
