"""The packages this site is built with, and their licences."""

from collections.abc import Mapping
from importlib.metadata import distributions
from typing import Any, NamedTuple

from ..extensions import cache

Metadata = Mapping[str, Any]

LONGEST = 60  # some packages give the whole text instead of the licence's name


class Package(NamedTuple):
    """What there is to say of a package; its version is nobody's business."""

    name: str
    summary: str
    licence: str
    home: str


@cache.cached(timeout=3600, key_prefix="credits")
def installed() -> list[Package]:
    """Return all installed packages by name: hundreds of files are read for it."""
    found = {package.name: package for package in map(describe, all_metadata())}
    return sorted(found.values(), key=lambda package: package.name.lower())


def all_metadata() -> list[Metadata]:
    """Return what packages tell of themselves; a broken installation has no name."""
    everything = (distribution.metadata.json for distribution in distributions())
    return [metadata for metadata in everything if "name" in metadata]


def describe(metadata: Metadata) -> Package:
    """Return a package by what it tells of itself."""
    summary = metadata.get("summary", "")
    return Package(metadata["name"], summary, licence(metadata), home(metadata))


def licence(metadata: Metadata) -> str:
    """Return the licence's name, in whichever of three ways it is told."""
    told: str = metadata.get("license_expression") or metadata.get("license") or ""
    if 0 < len(told) <= LONGEST and told != "UNKNOWN":
        return told
    classifiers = metadata.get("classifier", [])
    named = [name for name in classifiers if name.startswith("License :: ")]
    return ", ".join(name.rpartition(" :: ")[2] for name in named)


def home(metadata: Metadata) -> str:
    """Return the address of the package's site, if that is one to link to."""
    told = {"homepage": metadata.get("home_page", "")}
    for url in metadata.get("project_url", []):
        label, _, address = url.partition(",")
        told[label.strip().lower()] = address.strip()
    names = ("homepage", "home", "documentation", "source", "repository")
    found = next((told[name] for name in names if told.get(name)), "")
    return found if found.startswith(("https://", "http://")) else ""
