"""Test suites of others, run by their own pytest: with stock Flask, or with App in its place."""

import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

from projects import clean_environment
from vendored import FOLDER

PLUGIN = Path(__file__).parent / "upstream/as_app.py"


def make_plugin(folder: Path) -> Path:
    """Make the folder that Python imports the plugin and the core from."""
    shutil.copytree(FOLDER, folder / "core", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PLUGIN, folder)
    return folder


def outcomes(
    python: Path, suite: Path, *tests: str, plugin: Path | None = None, fast: bool = False
) -> dict[str, str]:
    """Run a suite, and return what came of each test: its name to ``passed``, ``failure`` and so on.

    :param suite: the folder that it is run in.
    :param tests: what is run there.
    :param plugin: what :func:`make_plugin` made; with stock Flask if there is none.
    :param fast: whether the fast path is on; fails if the suite's applications don't answer so.
    """
    report = suite / "report.xml"
    options = ["-q", "-o", "addopts=", f"--junitxml={report}"]  # some want coverage by default
    surroundings: dict[str, str | None] = {"CI": None, "HOME": str(suite)}
    if plugin:
        options += ["-p", "as_app"]
        surroundings |= {"PYTHONPATH": str(plugin), "FAST": str(int(fast))}
    done = subprocess.run(
        [python, "-m", "pytest", *options, *tests],
        cwd=suite,
        env=clean_environment(**surroundings),
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        check=False,  # its tests may fail with stock Flask, too
    )
    assert report.is_file(), done.stdout + done.stderr
    if plugin:
        [(all_of_them, fast_ones)] = re.findall(
            r"^APPLICATIONS (\d+) FAST (\d+)$", done.stdout, re.M
        )
        assert int(all_of_them) and bool(int(fast_ones)) == fast, done.stdout
    cases = ElementTree.parse(report).iter("testcase")
    found = {
        f"{case.get('classname')}::{case.get('name')}": case[0].tag if len(case) else "passed"
        for case in cases
    }
    report.unlink()
    return found
