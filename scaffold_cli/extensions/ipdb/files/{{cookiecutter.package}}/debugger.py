"""Which debugger ``breakpoint()`` opens."""

import os
from importlib.util import find_spec

from flask import Flask


def set_debugger(app: Flask) -> None:
    """Have it open ipdb in debug, unless the environment says otherwise.

    ipdb is installed for development only; Python's own serves where it is missing.
    """
    if app.debug and find_spec("ipdb"):
        os.environ.setdefault("PYTHONBREAKPOINT", "ipdb.set_trace")
