"""The core's commands under Flask-Script's own tests, and in the shells that may be installed.

Its source distribution comes from the package registry when the tests run.
"""

import re
from pathlib import Path

import pexpect
import pytest
import script
import vendored
from projects import LIMIT, clean_environment, run, wait_until
from upstream_packages import environment, pinned, source

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("script")]

UPSTREAM = Path(__file__).parent / "upstream"
FLASK_SCRIPT = "Flask-Script==2.0.6"

# What can't pass of Flask-Script's suite, and why.
CANNOT_PASS = {
    "test_run_non_existant_command": "click says `No such command`, and argparse said `invalid choice`",
}


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the tested Flask, pytest, and all shells."""
    tested = pinned("flask", "werkzeug", "click", "pytest")
    shells = ("ipython", "bpython", "ptpython")
    return environment(tmp_path_factory.mktemp("script") / "venv", [*tested, *shells])


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of Flask-Script's tests alone, from its source distribution."""
    folder = tmp_path_factory.mktemp("sdist")
    return (source(FLASK_SCRIPT, folder) / "tests.py").rename(folder / "tests.py")


def test_flask_scripts_own_suite_passes(python: Path, suite: Path) -> None:
    options = (
        "-q",
        "-rf",
        "-p",
        "no:cacheprovider",
        "-p",
        "script_plugin",
        "--rootdir",
        suite.parent,
    )
    done = run(
        *(python, "-m", "pytest", *options, suite),
        cwd=suite.parent,
        environment=clean_environment(
            **{**script.ENVIRONMENT, "PYTHONPATH": f"{UPSTREAM}:{vendored.FOLDER}"}
        ),
    )

    assert set(re.findall(r"^FAILED \S+::(\w+)", done.stdout, re.MULTILINE)) == CANNOT_PASS.keys()
    assert done.stdout.splitlines()[-1].startswith("1 failed, 45 passed"), done.stdout


@pytest.mark.parametrize(
    ("without", "shell"),
    [
        ((), {"IPython", "ptpython"}),
        (("ptipython",), {"ptpython"}),
        (("ptipython", "ptpython"), {"bpython"}),
        (("ptipython", "ptpython", "bpython"), {"IPython"}),
        (("ptipython", "ptpython", "bpython", "ipython"), set()),
    ],
    ids=["ptipython", "ptpython", "bpython", "ipython", "python"],
)
def test_the_best_shell_is_opened(
    python: Path, tmp_path: Path, without: tuple[str, ...], shell: set[str]
) -> None:
    (tmp_path / "manage.py").write_text(
        "from flask import Flask\nfrom script import Manager\nManager(Flask('shop')).run()\n"
    )
    (tmp_path / "look.py").write_text(
        "import sys\n"
        "def look(app):\n"
        "    found = {'IPython', 'bpython', 'ptpython'} & sys.modules.keys()\n"
        "    open('seen', 'w').write(' '.join([app.name, *sorted(found)]))\n"
    )
    child = pexpect.spawn(
        str(python),
        ["manage.py", "shell", *(f"--no-{name}" for name in without)],
        cwd=tmp_path,
        env=clean_environment(**script.ENVIRONMENT, HOME=str(tmp_path), TERM="xterm"),
        dimensions=(40, 100),
        timeout=LIMIT,
        encoding="utf-8",
    )
    seen = tmp_path / "seen"

    def has_looked() -> bool:
        child.expect(pexpect.TIMEOUT, 0.2)  # reads what it shows, else it would wait
        return seen.exists() and bool(seen.read_text())

    try:
        child.expect("Instance: ")
        child.expect(r">>>|In \[")
        child.send("import look; look.look(app)\r")
        wait_until(has_looked, f"a look of the shell without {without}")
    finally:
        child.close(force=True)

    assert seen.read_text().split() == ["shop", *sorted(shell)]
