"""Moves: files of the template that got another name, so that what their owners wrote goes along."""

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from . import locations
from .layers import in_path


class Move(NamedTuple):
    """One file that got another name.

    Attributes:
        version: Of the scaffold that renamed it.
        old, new: Its paths, with names still to be put in.
    """

    version: str
    old: str
    new: str


@cache
def declared() -> tuple[Move, ...]:
    """Return all moves, in the order in which they happened."""
    data = tomllib.loads(locations.read(os.path.join(locations.PACKAGE, "moves.toml")))
    return tuple(Move(m["version"], m["from"], m["to"]) for m in data.get("moves", ()))


def since(version: str, names: Mapping[str, str]) -> dict[str, str]:
    """Return the moves that a project of some version has not made: old path to new path.

    Args:
        version: Of the scaffold that made the project as it is.
        names: The names to put into paths.
    """
    found: dict[str, str] = {}
    for move in declared():
        if numbers(move.version) > numbers(version):
            old, new = in_path(move.old, names), in_path(move.new, names)
            first = next((start for start, end in found.items() if end == old), old)
            found[first] = new
    return found


def numbers(version: str) -> tuple[int, ...]:
    """Return a version's numbers, to compare it by."""
    return tuple(int(part) for part in version.split(".") if part.isdecimal())
