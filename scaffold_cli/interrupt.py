"""Ctrl-C at a moment that can take it."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def held_back() -> Iterator[None]:
    """Hold Ctrl-C back until the block is done, for blocks that take no time.

    Raised inside a destructor, such as that of a process that just ended, Python prints a ``KeyboardInterrupt``
    with its traceback and forgets it. Processes that the block runs get the key press themselves.

    Raises:
        KeyboardInterrupt: At the end of the block, if the key was pressed meanwhile.
    """
    pressed = False

    def remember(number: int, frame: FrameType | None) -> None:
        nonlocal pressed
        pressed = True

    usual = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if usual:  # where it is ignored, as in a shell's background jobs, it stays so
        signal.signal(signal.SIGINT, remember)
    try:
        yield
    finally:
        if usual:
            signal.signal(signal.SIGINT, signal.default_int_handler)
    if pressed:
        raise KeyboardInterrupt
