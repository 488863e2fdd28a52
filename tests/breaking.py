"""Writes that break off: at its n-th write a command is killed, or finds the disk full.

    python breaking.py PROJECT WORDS...

runs ``scaffold WORDS`` in ``PROJECT-1``, a copy of a project, and kills it at its first write; in ``PROJECT-2`` at its
second, and so on, until it is not killed any more. It is a process of its own, as the tests' may not be forked.
"""

import errno
import os
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

NEEDS_ROOM = ("mkdir", "open", "write")
WRITES = (*NEEDS_ROOM, "replace", "rename", "rmdir", "unlink")


@contextmanager
def broken(nth: int, fail: Callable[[], None], names: tuple[str, ...] = WRITES) -> Iterator[None]:
    """Have each write fail from the n-th on; of what this one was to write, half is there."""
    real = {name: getattr(os, name) for name in names}
    done = 0

    def breaking(name: str) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            nonlocal done
            if name != "open" or arguments[1] & os.O_CREAT:
                done += 1
            if done < nth or (name == "open" and not arguments[1] & os.O_CREAT):
                return real[name](*arguments, **named)
            if name == "write" and done == nth:
                real[name](arguments[0], arguments[1][: len(arguments[1]) // 2])
            return fail()

        return call

    for name in names:
        setattr(os, name, breaking(name))
    try:
        yield
    finally:
        for name, function in real.items():
            setattr(os, name, function)


def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def be_full() -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def main(project: str, *words: str) -> None:
    from scaffold_cli.cli import scaffold

    scaffold(["--version"], standalone_mode=False)  # imports what each copy would import
    nth, status = 0, signal.SIGKILL.value
    while status == signal.SIGKILL:
        nth += 1
        shutil.copytree(project, f"{project}-{nth}", symlinks=True)
        child = os.fork()
        if not child:
            os.chdir(f"{project}-{nth}")
            with broken(nth, be_killed):
                scaffold(words)
        _, status = os.waitpid(child, 0)


if __name__ == "__main__":
    main(*sys.argv[1:])
