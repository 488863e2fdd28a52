"""Installing with something to look at: a spinner in a terminal, lines elsewhere."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from time import perf_counter

from .. import environment
from ..environment import Preparation
from .output import status


def install(project: str, preparation: Preparation, *, quiet: bool) -> None:
    """Fill a project's environment, then run the first of its own commands.

    Args:
        project: The project's folder.
        preparation: The commands.
        quiet: Print nothing.

    Raises:
        InstallError: One step failed.
    """
    _step("install", ".venv", quiet, partial(environment.install, project))
    _prepare(project, preparation, quiet=quiet)


def add(project: str, preparation: Preparation, *, quiet: bool) -> None:
    """Install what a project's environment lacks, then run commands of its own.

    Raises:
        InstallError: One step failed.
    """
    _step("install", ".venv", quiet, partial(environment.add, project))
    _prepare(project, preparation, quiet=quiet)


def _prepare(project: str, preparation: Preparation, *, quiet: bool) -> None:
    if preparation.commands:
        what = "manage.py " + ", ".join(preparation.commands)
        _step("prepare", what, quiet, partial(environment.prepare, project, preparation))


def _step(word: str, what: str, quiet: bool, work: Callable[[], None]) -> None:
    started = perf_counter()
    with _spinner(f"{word} {what}", quiet):
        work()
    if not quiet:
        status(word, what, f"{perf_counter() - started:.1f} s")


@contextmanager
def _spinner(text: str, quiet: bool) -> Iterator[None]:
    """Show in a terminal that work goes on."""
    if quiet or not sys.stdout.isatty():
        yield
        return
    from rich.console import Console

    with Console().status(text):
        yield
