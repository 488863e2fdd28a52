"""Packages of others that tests run: environments with the versions that projects get, and source distributions."""

import re
import tarfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from projects import run, uv

from scaffold_cli import locations

ABSENT = ("Failed to fetch", "No solution found", "No matching distribution")


# What source distributions are built with: pip builds each to learn what it is.
BUILDERS = ("flit-core<4", "hatch-vcs", "hatchling", "setuptools", "setuptools-scm", "wheel")


def pins() -> list[str]:
    """Return all packages that projects may get, with their versions and conditions."""
    text = Path(locations.PACKAGE, "pins.txt").read_text("utf-8")
    return re.findall(r"^(\S+==[^\\\n]+)", text, re.MULTILINE)


def pinned(*names: str) -> list[str]:
    """Return packages in the versions that projects get: ``["flask==3.1.3"]``."""
    versions = (pin.split()[0] for pin in pins())
    found = [version for version in versions if version.partition("==")[0] in names]
    assert len(found) == len(names), found
    return found


def environment(folder: Path, requirements: Iterable[str]) -> Path:
    """Make an environment, and return its Python; skip the test where a package is not to be had."""
    must_run(uv(), "venv", "--quiet", "--seed", folder, cwd=folder.parent)
    install = (uv(), "pip", "install", "--quiet", "--python", folder)
    must_run(*install, *requirements, cwd=folder.parent)
    return folder / "bin/python"


def source(requirement: str, folder: Path) -> Path:
    """Fetch a source distribution, and return the folder that it is unpacked to; skip the test where there is none."""
    [unpacked] = sources([requirement], folder).values()
    return unpacked


def sources(requirements: Iterable[str], folder: Path) -> dict[str, Path]:
    """Fetch source distributions, and return the folders that they are unpacked to, by their names."""
    requirements = list(requirements)
    names = ",".join(requirement.partition("==")[0] for requirement in requirements)
    builders = [word for builder in BUILDERS for word in ("--with", builder)]
    pip = (uv(), "tool", "run", "--quiet", "--from", "pip", *builders, "pip", "download", "--quiet")
    only = ("--no-binary", names, "--no-deps", "--no-build-isolation")
    must_run(*pip, *only, *requirements, cwd=folder)
    found = {}
    for archive in folder.glob("*.tar.gz"):
        with tarfile.open(archive) as opened:
            opened.extractall(folder, filter="data")
        name = archive.name.rpartition("-")[0].lower()
        found[re.sub("[-_.]+", "-", name)] = folder / archive.name.removesuffix(".tar.gz")
    assert len(found) == len(requirements), found
    return found


def must_run(*command: str | Path, cwd: Path) -> None:
    """Run what has to succeed, unless the registry has not got what is wanted."""
    done = run(*command, cwd=cwd)
    if any(words in done.stderr for words in ABSENT):
        pytest.skip(f"not to be had here: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stderr
