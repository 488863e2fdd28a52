"""Fixtures that several test modules use."""

import signal
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

import projects
import pytest
import vendored  # noqa: F401  (so that tests can import the core)
from hypothesis import HealthCheck, settings
from life import Life

from scaffold_cli import locations
from scaffold_cli.answers import Answers, complete
from scaffold_cli.catalog import Catalog

# What runs in the background of a shell ignores Ctrl-C, and so does all that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)

collect_ignore = ["acme"]  # somebody else's package, whose tests run in projects

# A law holds or not; how long an example takes on a busy machine is no part of it.
# `make check` tries the same examples each time, `make laws` many, and others.
settings.register_profile(
    "check", deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
settings.register_profile(
    "laws", settings.get_profile("check"), derandomize=False, max_examples=2500
)
settings.load_profile("check")

Test = TypeVar("Test")


def costly(test: Test) -> Test:
    """Try a law on a fifth of the examples, as each of them takes long."""
    return settings(max_examples=settings.default.max_examples // 5)(test)


Folder = Callable[[Mapping[str, str]], Path]
MakeCatalog = Callable[[Mapping[str, str]], Catalog]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Write a tree literal, path to text, and return its folder."""

    def write(files: Mapping[str, str]) -> Path:
        for path, text in files.items():
            file = tmp_path / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def make_catalog(folder: Folder) -> MakeCatalog:
    """Make a catalogue from a tree literal, before our own; a manifest may leave its ``id`` out."""

    def make(files: Mapping[str, str]) -> Catalog:
        root = folder(
            {
                path: f'id = "{path.split("/")[0]}"\n{text}'
                if path.endswith("/extension.toml") and "id =" not in text
                else text
                for path, text in files.items()
            }
        )
        return Catalog([str(root), locations.EXTENSIONS])

    return make


@pytest.fixture
def answers() -> Callable[..., Answers]:
    """Complete answers for a project named My Shop without extensions, but for what is given."""

    def make(**given: str) -> Answers:
        return complete({"project_name": "My Shop", "extensions": "", **given})

    return make


@pytest.fixture
def life(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Life:
    """Make a small project, and go into it."""
    monkeypatch.chdir(tmp_path)
    made = Life(tmp_path / "shop")
    made.run("new", "Shop", "-y", "--preset", "minimal", "--no-git")
    monkeypatch.chdir(made.root)
    return made


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> projects.Project:
    """A project of the preset ``full`` with an empty database; ``real`` tests only."""
    project = projects.new_project(tmp_path_factory.mktemp("full"), "--preset", "full", "--no-git")
    project.must_run("python", "manage.py", "release")
    return project
