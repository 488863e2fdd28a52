r"""The tested set: every package the catalogue can bring, pinned and hashed.

``pins.txt`` is a requirements file that pip itself reads: one block a package, a blank
line between. ``scaffold_cli/testing/pinning.py`` makes it, and writes under each package which
requirements bring it, one fact a line::

    colorama==0.4.6 ; sys_platform == 'win32' \
        --hash=sha256:...
        # for pytest if sys_platform == 'win32'

So the closure of any selection is a look-up: no resolver, no network, no disk but that
file. A package that two requirements bring under different conditions is wanted where
either holds. One that needs two versions on different Pythons has two blocks.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from os.path import isfile, join
from typing import NamedTuple

from .errors import PinError
from .locations import PACKAGE, read

FILE = "pins.txt"
_FACT = "\n    # for "
_EXTRA = re.compile(r"(.*?)\s*\[(.*)\]")
_MARKER = re.compile(r"\s*;\s*")


class Pin(NamedTuple):
    """One version of one package.

    Attributes:
        name: Its normalised name.
        version: The version, exact.
        hashes: The ``--hash`` options of every file of that version, as they stand in
            the file: a line each, indented, joined by backslashes.
    """

    name: str
    version: str
    hashes: str

    def line(self, conditions: Iterable[str]) -> str:
        """Return the pin as a requirement that holds where one of the conditions does.

        Args:
            conditions: Environment markers, at least one; empty means everywhere.
        """
        marker = _either(conditions)
        condition = f" ; {marker}" if marker else ""
        return f"{self.name}=={self.version}{condition} \\\n{self.hashes}\n"


class Pins:
    """A tested set, as its files say.

    Args:
        texts: The text of a ``pins.txt``, and those of further catalogues made within its versions.

    Raises:
        PinError: A later one has another version of a package than an earlier one.
    """

    def __init__(self, *texts: str) -> None:
        self._brought: dict[str, list[tuple[Pin, str]]] = defaultdict(list)
        versions: dict[str, set[str]] = {}
        for text in texts:
            blocks = [b.rstrip("\n") for b in text.split("\n\n") if not b.startswith("#")]
            pinned = [self._read(block) for block in blocks]
            _refuse_others(pinned, versions)
            for pin in pinned:
                versions.setdefault(pin.name, set()).add(pin.version)

    def _read(self, block: str) -> Pin:
        """Keep a package under each requirement that brings it."""
        entry, *facts = block.split(_FACT)
        head, _, hashes = entry.partition(" \\\n")
        name, _, version = head.partition(" ; ")[0].partition("==")
        pin = Pin(name, version, hashes)
        for fact in facts:
            requirement, _, condition = fact.partition(" if ")
            if (pin, condition) not in self._brought[requirement]:
                self._brought[requirement].append((pin, condition))
        return pin

    @property
    def requirements(self) -> frozenset[str]:
        """The requirements whose closure the set knows, normalised."""
        return frozenset(self._brought)

    def unknown(self, requirements: Iterable[str]) -> list[str]:
        """Return those requirements that the set has no pins for, as they were given.

        Names, extras and a marker are looked up, nothing else: one with a version of
        its own (``Flask>=3``) is unknown, as what it asks for was never tested.
        """
        return [name for name in requirements if normalize(name) not in self._brought]

    def closure(self, requirements: Iterable[str], besides: Iterable[str] = ()) -> str:
        """Return exactly the packages that the requirements bring, pinned and hashed.

        Args:
            requirements: Names, with extras or a marker, or without.
            besides: Requirements that another file installs already; what they bring is
                left out (``requirements-dev.txt`` begins with ``-r requirements.txt``).

        Returns:
            The text of a requirements file, sorted by name; empty if nothing comes.

        Raises:
            PinError: The set holds no pins for one of them.
        """
        there = self._conditions(besides)
        missing = {
            pin: _missing(conditions, there.get(pin, set()))
            for pin, conditions in self._conditions(requirements).items()
        }
        return "".join(pin.line(when) for pin, when in sorted(missing.items()) if when)

    def versions(self, requirements: Iterable[str]) -> dict[str, str]:
        """Return the version of each package that the requirements bring, by name.

        Where the version depends on the Python, all are named: ``1.0 or 2.0``.

        Raises:
            PinError: The set holds no pins for one of the requirements.
        """
        found: dict[str, list[str]] = defaultdict(list)
        for pin in sorted(self._conditions(requirements)):
            found[pin.name].append(pin.version)
        return {name: " or ".join(versions) for name, versions in found.items()}

    def _conditions(self, requirements: Iterable[str]) -> dict[Pin, set[str]]:
        """Return each pin the requirements bring, and when."""
        conditions: dict[Pin, set[str]] = defaultdict(set)
        for requirement in requirements:
            for pin, condition in self._of(requirement):
                conditions[pin].add(condition)
        return conditions

    def _of(self, requirement: str) -> list[tuple[Pin, str]]:
        """Return what one requirement brings, or refuse it."""
        brought = self._brought.get(normalize(requirement))
        if brought is None:
            raise PinError(
                f"{requirement} is not in the tested set.",
                "Name it without a version; a catalogue brings pins of its own: see docs/extensions.md.",
            )
        return brought


@cache
def tested(*folders: str) -> Pins:
    """Return the set that this package ships, and those of other catalogues with it; read once.

    Args:
        folders: Folders of extensions; one that has a ``pins.txt`` of its own adds it.

    Raises:
        PinError: Such a file has another version of a package than ours.
    """
    paths = (join(folder, FILE) for folder in (PACKAGE, *folders))
    return Pins(*(read(path) for path in paths if isfile(path)))


def _refuse_others(pinned: Iterable[Pin], versions: Mapping[str, set[str]]) -> None:
    for pin in pinned:
        if pin.version not in versions.get(pin.name, {pin.version}):
            ours = " or ".join(sorted(versions[pin.name]))
            raise PinError(
                f"A catalogue pins {pin.name} {pin.version}, the tested set {ours}.",
                "Have its pins made anew: python -m scaffold_cli.testing.pinning DIR",
            )


def normalize(requirement: str) -> str:
    """Return a requirement's one spelling.

    ``Flask_Admin[SQLAlchemy, s3]`` is ``flask-admin[s3,sqlalchemy]``; a marker follows
    as it is, ``uvloop ; sys_platform != 'win32'``.
    """
    wanted, *marker = _MARKER.split(requirement.strip(), maxsplit=1)
    return " ; ".join([_with_extras(wanted), *marker])


def united(requirements: Collection[str], besides: Iterable[str] = ()) -> dict[str, str]:
    """Ask for each package once, with the extras of all who ask for it.

    Args:
        requirements: As they were given, in their order.
        besides: Requirements that are asked for elsewhere; what they ask for is left out.

    Returns:
        The first requirement that names a package, to what stands for all of them. A marker makes a
        requirement one of its own.
    """
    there = _extras_by_package(besides)
    asked = _extras_by_package(requirements)
    first: dict[str, str] = {}
    for requirement in requirements:
        first.setdefault(_split(requirement)[0], requirement)
    return {
        first[package]: _with_all(first[package], extras)
        for package, extras in asked.items()
        if package not in there or not {*extras} <= {*there[package]}
    }


def project(requirement: str) -> str:
    """Return the one spelling of the package's name that a requirement begins with."""
    return normalize(_MARKER.split(requirement)[0]).partition("[")[0]


def _split(requirement: str) -> tuple[str, list[str]]:
    """Return a requirement without its extras, in one spelling, and the extras."""
    package, _, rest = normalize(requirement).partition("[")
    extras, _, marker = rest.rpartition("]")
    return package + marker, [extra for extra in extras.split(",") if extra]


def _extras_by_package(requirements: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for package, extras in map(_split, requirements):
        known = found.setdefault(package, [])
        known += [extra for extra in extras if extra not in known]
    return found


def _with_all(requirement: str, extras: Iterable[str]) -> str:
    """Give a requirement these extras; one that has them all stays as it was written."""
    if {*extras} == {*_split(requirement)[1]}:
        return requirement
    wanted, *marker = _MARKER.split(requirement, maxsplit=1)
    return "; ".join([f"{wanted.partition('[')[0].strip()}[{','.join(extras)}]", *marker])


def _with_extras(wanted: str) -> str:
    extra = _EXTRA.fullmatch(wanted)
    if extra is None:
        return _name(wanted)
    extras = sorted({_name(part.strip()) for part in extra[2].split(",")})
    return f"{_name(extra[1])}[{','.join(extras)}]"


def _name(name: str) -> str:
    """Return a name as the index spells it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def _missing(wanted: set[str], there: set[str]) -> set[str]:
    """Return the conditions of what is wanted that what is there leaves open."""
    if "" in there:
        return set()
    return wanted if "" in wanted else wanted - there


def _either(conditions: Iterable[str]) -> str:
    """Return the marker that holds where a condition does; empty if everywhere."""
    parts = sorted(conditions)
    if "" in parts:
        return ""
    if len(parts) == 1:
        return parts[0]
    return " or ".join(f"({part})" if " and " in part else part for part in parts)
