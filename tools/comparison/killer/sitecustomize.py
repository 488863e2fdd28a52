"""Kills the process that it is in, right before one of its writes into a project.

Python imports it at the start of any program whose ``PYTHONPATH`` has this folder. ``KILL_IN`` names the project, ``KILL_AT`` the write,
from 1. A write is a file that is opened for writing, renamed or removed, or a git that is told to change files: git's own are not
counted one by one. Repositories (``.git``) are not looked at.
"""

import os
import signal
import sys

ROOT = os.environ["KILL_IN"]
WRITES = os.O_WRONLY | os.O_RDWR
CHANGING = {"apply", "checkout", "merge-file"}
left = int(os.environ["KILL_AT"])


def is_inside(path: object, folder: object = -1) -> bool:
    """Tell whether a path is in the project; it may be relative to an open folder."""
    if not isinstance(path, str | bytes | os.PathLike):
        return False
    above = os.getcwd() if folder in (-1, None) else os.readlink(f"/proc/self/fd/{folder}")
    full = os.path.abspath(os.path.join(above, os.fsdecode(path)))
    return full.startswith(ROOT + os.sep) and f"{os.sep}.git{os.sep}" not in full


def is_write(event: str, args: tuple[object, ...]) -> bool:
    """Tell whether an event of the interpreter is a write into the project."""
    if event == "open":
        flags = args[2]
        return isinstance(flags, int) and bool(flags & WRITES) and is_inside(args[0])
    if event == "os.rename":
        return is_inside(args[1], args[3])
    if event == "os.remove":
        return is_inside(args[0], args[1])
    if event == "subprocess.Popen":
        words = args[1] if isinstance(args[1], list | tuple) else []
        folder = args[2] or os.getcwd()
        return bool(CHANGING & {*map(str, words)}) and os.path.abspath(str(folder)) == ROOT
    return False


def watch(event: str, args: tuple[object, ...]) -> None:
    """Count the writes, and end at the one that was named, before it is made."""
    global left
    if is_write(event, args):
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


sys.addaudithook(watch)
