"""The command that opens a Python shell."""

import inspect
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import click
from flask import current_app

from .commands import Command
from .consoles import CONSOLES, Names, python
from .options import Option


class Shell(Command):
    """Open a Python shell with the application at hand.

    The first that is installed of PtIPython, PtPython, BPython and IPython is taken;
    Python's own when there is none, or when the input is no terminal.

    :param banner: what the shell says at first.
    :param make_context: returns further names for the shell; it may take the application.
    :param use_ipython: whether to use IPython, if there; the same for the others.
    """

    help = "Open a Python shell with the application at hand."
    description = help
    banner = ""

    def __init__(
        self,
        banner: str | None = None,
        make_context: Callable[..., Mapping[str, Any]] | None = None,
        use_ipython: bool = True,
        use_bpython: bool = True,
        use_ptipython: bool = True,
        use_ptpython: bool = True,
    ) -> None:
        super().__init__()
        self.banner = banner or self.banner
        self.make_context = make_context
        self.use_ipython = use_ipython
        self.use_bpython = use_bpython
        self.use_ptipython = use_ptipython
        self.use_ptpython = use_ptpython

    def get_options(self) -> Sequence[Option]:
        """Return a switch for each shell, to do without it."""
        return [
            Option(
                f"--no-{name}",
                action="store_true",
                default=not getattr(self, f"use_{name}"),
                help=f"Do not use {name}.",
            )
            for name in CONSOLES
        ]

    def get_context(self) -> Names:
        """Return the names in the shell: those of the application, and further ones."""
        names: Names = current_app.make_shell_context()
        if self.make_context is None:
            return names
        takes_app = inspect.signature(self.make_context).parameters
        given = [names["app"]] if takes_app else []
        return {**names, **self.make_context(*given)}

    def __call__(self, app: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Run outside any request: those in the shell are pushed by hand."""
        with app.app_context():
            return self.run(*args, **kwargs)

    def run(self, **without: bool) -> None:
        """Open the shell."""
        start = self._console(self.get_context(), without)
        click.echo(self.banner or default_banner())
        start()

    def _console(self, names: Names, without: Mapping[str, bool]) -> Callable[[], Any]:
        """Return the best shell that there is; scripts are read by Python's own."""
        if sys.stdin.isatty():
            for name, console in CONSOLES.items():
                if not without[f"no_{name}"]:
                    with suppress(ImportError):
                        return console(names)
        return partial(python, names)


def default_banner() -> str:
    """Return a line on each, Python and the application."""
    return (
        f"Python {sys.version} on {sys.platform}\n"
        f"App: {current_app.import_name}\n"
        f"Instance: {current_app.instance_path}"
    )
