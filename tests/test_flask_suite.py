"""Flask's own tests, with App in Flask's place: those that pass with stock Flask pass, on both settings of FAST."""

import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest
from projects import clean_environment
from upstream_packages import environment, pinned, source
from vendored import FOLDER

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("flask suite")]
PLUGIN = """\
import os
import flask
from core import App

App.FAST = os.environ["FAST"] == "1"
flask.Flask = App
answered = []
decide = App._decide


def note(app):
    decide(app)
    answered.append(app.routes is not None)


App._decide = note


def pytest_unconfigure():
    assert answered and any(answered) == App.FAST, "the fast path is not what FAST says"
"""


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Fetch Flask's source distribution, and make an environment for its tests."""
    folder = tmp_path_factory.mktemp("suite")
    tools = ("asgiref", "environs", "greenlet", "pytest<9", "python-dotenv")
    environment(folder / "venv", [*pinned("flask", "werkzeug"), *tools])
    [flask] = pinned("flask")
    source(flask, tmp_path_factory.mktemp("sdist")).rename(folder / "flask")
    shutil.copytree(FOLDER, folder / "plugins" / "core")
    (folder / "plugins" / "as_app.py").write_text(PLUGIN, "utf-8")
    return folder


def outcomes(suite: Path, **plugin: str) -> dict[str, str]:
    """Run the tests, and return what came of each: its name to ``passed``, ``failed`` and so on."""
    report = suite / "report.xml"
    options = ["-p", "as_app"] if plugin else []
    subprocess.run(
        [suite / "venv" / "bin" / "python", "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", *options, "tests"],
        cwd=suite / "flask",
        env=clean_environment(PYTHONPATH=str(suite / "plugins"), **plugin),
        capture_output=True,
        check=False,  # its tests may fail with stock Flask, too
    )  # fmt: skip
    return {
        f"{case.get('classname')}::{case.get('name')}": case[0].tag if len(case) else "passed"
        for case in ElementTree.parse(report).iter("testcase")
    }


@pytest.fixture(scope="module")
def with_stock_flask(suite: Path) -> dict[str, str]:
    return outcomes(suite)


def test_the_suite_is_there(with_stock_flask: dict[str, str]) -> None:
    assert list(with_stock_flask.values()).count("passed") > 450


@pytest.mark.parametrize("fast", ["1", "0"], ids=["with the fast path", "without it"])
def test_the_same_tests_pass_with_app(
    suite: Path, with_stock_flask: dict[str, str], fast: str
) -> None:
    assert outcomes(suite, FAST=fast) == with_stock_flask
