"""Installing with something to look at: a spinner in a terminal, lines elsewhere."""

import shlex
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from time import perf_counter

from .. import environment
from ..errors import InstallError
from .output import status


def install(project: str, commands: Iterable[str], *, quiet: bool) -> None:
    """Fill a project's environment, then run the first of its own commands.

    Args:
        project: The project's folder.
        commands: Commands of its ``manage.py``.
        quiet: Print nothing.

    Raises:
        InstallError: One step failed, or was stopped with Ctrl-C.
    """
    try:
        _step("install", ".venv", quiet, partial(environment.install, project))
        for command in commands:
            work = partial(environment.manage, project, *shlex.split(command))
            _step("prepare", f"manage.py {command}", quiet, work)
    except KeyboardInterrupt as stopped:
        raise InstallError("Stopped while installing.", environment.go_on(project)) from stopped


def _step(word: str, what: str, quiet: bool, work: Callable[[], None]) -> None:
    started = perf_counter()
    with _spinner(f"{word} {what}", quiet):
        work()
    if not quiet:
        status(word, what, f"{perf_counter() - started:.1f} s")


@contextmanager
def _spinner(text: str, quiet: bool) -> Iterator[None]:
    """Show that work goes on; rich prints nothing of it where there is no terminal."""
    if quiet:
        yield
        return
    from rich.console import Console

    with Console().status(text):
        yield
