"""Packages of others that tests run: environments with the versions that projects get, and source distributions."""

import re
import tarfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from projects import run, uv

from scaffold_cli import locations

ABSENT = ("Failed to fetch", "No solution found", "No matching distribution")


def pinned(*names: str) -> list[str]:
    """Return packages in the versions that projects get: ``["flask==3.1.3"]``."""
    text = Path(locations.PACKAGE, "pins.txt").read_text("utf-8")
    found = re.findall(rf"^((?:{'|'.join(names)})==\S+)", text, re.MULTILINE)
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
    pip = (uv(), "tool", "run", "--quiet", "--from", "pip", "pip", "download", "--quiet")
    name = requirement.partition("==")[0]
    must_run(*pip, "--no-binary", name, "--no-deps", requirement, cwd=folder)
    [archive] = folder.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        opened.extractall(folder, filter="data")
    [unpacked] = (path for path in folder.iterdir() if path.is_dir())
    return unpacked


def must_run(*command: str | Path, cwd: Path) -> None:
    """Run what has to succeed, unless the registry has not got what is wanted."""
    done = run(*command, cwd=cwd)
    if any(words in done.stderr for words in ABSENT):
        pytest.skip(f"not to be had here: {done.stderr.strip().splitlines()[-1]}")
    assert done.returncode == 0, done.stderr
