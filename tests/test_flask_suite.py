"""Flask's own tests, with App in Flask's place: those that pass with stock Flask pass, on both settings of FAST."""

from pathlib import Path
from typing import NamedTuple

import pytest
from suites import make_plugin, outcomes
from upstream_packages import environment, pinned, source

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("flask suite")]


class Suite(NamedTuple):
    """Flask's source distribution, and what its tests are run with."""

    python: Path
    plugin: Path
    folder: Path


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    """Fetch the source distribution, and make an environment for its tests."""
    folder = tmp_path_factory.mktemp("suite")
    tools = ("asgiref", "environs", "greenlet", "pytest<9", "python-dotenv")
    python = environment(folder / "venv", [*pinned("flask", "werkzeug"), *tools])
    [flask] = pinned("flask")
    return Suite(
        python, make_plugin(folder / "plugin"), source(flask, tmp_path_factory.mktemp("sdist"))
    )


@pytest.fixture(scope="module")
def with_stock_flask(suite: Suite) -> dict[str, str]:
    return outcomes(suite.python, suite.folder, "tests")


def test_the_suite_is_there(with_stock_flask: dict[str, str]) -> None:
    assert list(with_stock_flask.values()).count("passed") > 450


@pytest.mark.parametrize("fast", [True, False], ids=["with the fast path", "without it"])
def test_the_same_tests_pass_with_app(
    suite: Suite, with_stock_flask: dict[str, str], fast: bool
) -> None:
    with_app = outcomes(suite.python, suite.folder, "tests", plugin=suite.plugin, fast=fast)
    assert with_app == with_stock_flask
