"""The tasks: what workers do in the background.

``ping.delay()`` has a worker do it, ``ping()`` does it at once.
"""

import os
import platform

from .extensions import queue


@queue.task()
def ping() -> str:
    """Tell who does the tasks: the machine and the process."""
    return f"{platform.node()}, process {os.getpid()}"
