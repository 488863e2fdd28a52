"""The interactive shells that may be installed, and the one that always is."""

import code
import os
import runpy
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

Names = dict[str, Any]
HISTORY = Path("~/.ptpython_history")


def ptipython(names: Names) -> Callable[[], Any]:
    """Get PtIPython ready."""
    embed = import_module("ptpython.ipython").embed
    return partial(embed, user_ns=names, history_filename=str(HISTORY.expanduser()))


def ptpython(names: Names) -> Callable[[], Any]:
    """Get PtPython ready."""
    embed = import_module("ptpython.repl").embed
    return partial(embed, globals=names, history_filename=str(HISTORY.expanduser()))


def bpython(names: Names) -> Callable[[], Any]:
    """Get BPython ready."""
    embed = import_module("bpython").embed
    return partial(embed, locals_=names, args=[])


def ipython(names: Names) -> Callable[[], Any]:
    """Get IPython ready, with its user's configuration."""
    start = import_module("IPython").start_ipython
    return partial(start, argv=["--no-banner"], user_ns=names)


def python(names: Names) -> None:
    """Run Python's own shell, set up as Python sets up itself."""
    startup = os.environ.get("PYTHONSTARTUP", "")
    if Path(startup).is_file():
        names = {**runpy.run_path(startup), **names}
    hook = getattr(sys, "__interactivehook__", None)
    if hook is not None:
        complete(names)
        hook()
    code.interact(banner="", local=names, exitmsg="")


def complete(names: Names) -> None:
    """Have the tab key complete these names, where there is readline."""
    try:
        import readline
        from rlcompleter import Completer
    except ImportError:
        return
    readline.set_completer(Completer(names).complete)


# By the names that the options of the command `shell` have, in the order of preference.
CONSOLES = {
    "ptipython": ptipython,
    "ptpython": ptpython,
    "bpython": bpython,
    "ipython": ipython,
}
