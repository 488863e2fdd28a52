"""Installing with something to look at: a spinner in a terminal, lines elsewhere."""

import re
import shlex
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from time import perf_counter

from .. import environment
from ..extension import Extension
from ..tree import Tree
from .output import status

RELEASE = re.compile(r"^release: python manage\.py (.+)$", re.MULTILINE)


def install(project: str, extensions: Iterable[Extension], tree: Tree, *, quiet: bool) -> None:
    """Fill the project's environment, then prepare it: first migrations, then the release phase.

    Args:
        project: The project's folder.
        extensions: The project's extensions, in order.
        tree: What was generated; its Procfile says how a release is made.
        quiet: Print nothing.

    Raises:
        InstallError: One step failed.
    """
    _step("install", ".venv", "pinned, hash-checked", lambda: environment.install(project), quiet)
    commands = [command for extension in extensions for command in extension.prepare]
    commands += RELEASE.findall(tree["Procfile"].content.decode())
    for command in commands:
        work = partial(environment.manage, project, *shlex.split(command))
        _step("prepare", f"manage.py {command}", "", work, quiet)


def _step(word: str, what: str, more: str, work: Callable[[], None], quiet: bool) -> None:
    started = perf_counter()
    with _spinner(f"{word} {what}", quiet):
        work()
    if not quiet:
        seconds = f"{perf_counter() - started:.1f} s"
        status(word, what, f"{more}, {seconds}" if more else seconds)


@contextmanager
def _spinner(text: str, quiet: bool) -> Iterator[None]:
    """Show that work goes on; rich prints nothing of it where there is no terminal."""
    if quiet:
        yield
        return
    from rich.console import Console

    with Console().status(text):
        yield
