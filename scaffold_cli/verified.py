"""When each extension was last seen working, and with which releases: ``verified.toml``.

The file is written by ``tools/verify_catalogue.py``, which tries the newest release of everything.
"""

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from . import locations

FILE = os.path.join(locations.PACKAGE, "verified.toml")
WORKS = "works"


class Verified(NamedTuple):
    """One extension's last trial.

    Attributes:
        package: The package it stands on; empty if it needs none.
        version: That package's newest release at the time.
        released: The month of that release, as ``2026-11``; may be empty.
        verified: The day of the trial, as ``2026-11-22``.
        flask: The version of Flask that it was tried with.
        result: ``works``, or what went wrong, in one line.
    """

    package: str
    version: str
    released: str
    verified: str
    flask: str
    result: str


@cache
def trials() -> Mapping[str, Verified]:
    """Return the last trial of each extension that was tried, by id."""
    if not os.path.isfile(FILE):
        return {}
    tables = tomllib.loads(locations.read(FILE))
    return {name: Verified(**table) for name, table in tables.items()}
