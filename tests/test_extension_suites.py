"""Extensions' own tests, with App in Flask's place: those that pass with stock Flask pass, on both settings of FAST.

``upstream/suites.toml`` names the suites. The quick ones are run here, ``make suites`` runs all.
"""

import os
import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from suites import make_plugin, outcomes
from upstream_packages import environment, pinned, pins, sources

DATA = tomllib.loads((Path(__file__).parent / "upstream/suites.toml").read_text("utf-8"))
SUITES: dict[str, dict[str, Any]] = DATA["suites"]
ALL = os.environ.get("SUITES") == "all"
CHOSEN = [name for name, suite in SUITES.items() if ALL or suite.get("quick")]


def test_each_extension_of_flask_that_is_pinned_is_run_or_has_a_reason() -> None:
    told = [*SUITES, *DATA["without"]]
    assert len(pinned(*told)) == len(set(told)) == len(told)
    assert {name_of(pin) for pin in pins() if "flask" in pin} - {"flask"} <= set(told)


def name_of(requirement: str) -> str:
    return re.split("[<=>[]", requirement)[0]


class Place(NamedTuple):
    """Where the suites are run."""

    python: Path
    plugin: Path
    sources: dict[str, Path]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Fetch the source distributions, and make one environment for all."""
    folder = tmp_path_factory.mktemp("suites")
    for_all = DATA["environment"]
    beside = [wanted for name in CHOSEN for wanted in SUITES[name].get("with", ())]
    free = {name_of(wanted) for wanted in for_all}
    constraints = folder / "constraints.txt"
    constraints.write_text("\n".join(pin for pin in pins() if name_of(pin) not in free), "utf-8")
    return Place(
        environment(folder / "venv", ["-c", str(constraints), *for_all, *CHOSEN, *beside]),
        make_plugin(folder / "plugin"),
        sources(pinned(*CHOSEN), tmp_path_factory.mktemp("sources")),
    )


def passed(outcome: dict[str, str]) -> set[str]:
    return {name for name, what in outcome.items() if what == "passed"}


@pytest.mark.real
@pytest.mark.parametrize(
    "name",
    # One environment for those of CI; all of them take long enough to be divided.
    [pytest.param(name, marks=pytest.mark.xdist_group(name if ALL else "suites")) for name in CHOSEN],
)  # fmt: skip
def test_the_same_tests_pass_with_app(name: str, place: Place) -> None:
    suite, tests = place.sources[name], list(SUITES[name]["tests"])
    tests += [f"--deselect={left_out}" for left_out in SUITES[name].get("leave", ())]
    with_stock_flask = passed(outcomes(place.python, suite, *tests))
    assert len(with_stock_flask) >= SUITES[name]["passes"]
    for fast in (True, False):
        with_app = outcomes(place.python, suite, *tests, plugin=place.plugin, fast=fast)
        assert passed(with_app) == with_stock_flask
