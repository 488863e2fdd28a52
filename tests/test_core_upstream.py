"""The core beside the packages whose interfaces it has: Flask-LazyViews 0.6 and Flask-Testing 0.8.1.

Their source distributions come from the package registry when the tests run. That of Flask-LazyViews ships no tests, so
the cases in ``upstream/lazyviews_cases.py`` are run with both, and what becomes of them is compared.
"""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from projects import clean_environment, run
from upstream_packages import environment, pinned, source

from scaffold_cli import locations

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("upstream")]

UPSTREAM = Path(__file__).parent / "upstream"
PACKAGE = Path(locations.BASE, "{{cookiecutter.package}}")
LAZY_VIEWS, TESTING = "Flask-LazyViews==0.6", "Flask-Testing==0.8.1"

# What is not as in Flask-LazyViews, and why.
DIFFERENT = {
    "template_without_an_endpoint": "there, a template without an endpoint fails with AttributeError",
    "context_that_is_called": "there, a context is called once, when the rule is added, and not for each request",
    "not_initialised": "there, an assertion, which python -O takes away",
    "relative_prefix_given_before": "there, a relative prefix given before the application is never resolved",
    "relative_prefix_in_main": "there, an assertion, which python -O takes away",
    "name_alone": "there, the talk's views.add('/url', 'view') without a prefix fails with ValueError",
}

# What can't pass of Flask-Testing's suite, and why.
CANNOT_PASS = {
    "BaseTestLiveServer.test_server_listening": "a base class without create_app; its own runner leaves it out",
    "BaseTestLiveServer.test_server_process_is_spawned": "a base class without create_app; its own runner leaves it out",
}
# Its two defects on today's Flask.
BROKEN_UPSTREAM = {
    "TestClientUtils.test_assert_redirects",
    "TestClientUtils.test_assert_redirects_valid_status_codes",
    "TestNotRenderTemplates.test_assert_template_rendered_signal_sent",
}
# What flask_testing exports, from the core. Twill, which it wraps, is for Python 2; its own suite skips it without.
SHIM = """
from core.testing import LiveServerTestCase, TestCase

is_twill_available = False
Twill = TwillTestCase = object
"""


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the tested Flask, what the core needs, and both packages."""
    tested = pinned("flask", "flask-admin", "werkzeug", "jinja2", "environs")
    folder = tmp_path_factory.mktemp("upstream")
    return environment(folder / "venv", [LAZY_VIEWS, TESTING, *tested])


def answer(python: Path, *arguments: str | Path, cwd: Path, path: str) -> dict[str, Any]:
    """Run a script, and return the JSON that it prints."""
    done = run(python, *arguments, cwd=cwd, environment=clean_environment(PYTHONPATH=path))
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_lazy_views_do_what_flask_lazyviews_does(python: Path, tmp_path: Path) -> None:
    cases = UPSTREAM / "lazyviews_cases.py"
    theirs = answer(python, cases, "flask_lazyviews", cwd=tmp_path, path="")
    ours = answer(python, cases, "core.lazyviews", cwd=tmp_path, path=str(PACKAGE))
    assert theirs.keys() == ours.keys()
    assert {case for case in ours if ours[case] != theirs[case]} == DIFFERENT.keys()


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of Flask-Testing's tests alone, from its source distribution."""
    folder = tmp_path_factory.mktemp("sdist")
    return (source(TESTING, folder) / "tests").rename(folder / "tests").parent


def test_flask_testings_own_suite_passes(python: Path, suite: Path, tmp_path: Path) -> None:
    shim = tmp_path / "flask_testing"
    shim.mkdir()
    (shim / "__init__.py").write_text(SHIM)
    (shim / "utils.py").write_text("from core.testing import ContextVariableDoesNotExist\n")
    script = UPSTREAM / "testing_suite.py"
    ours = answer(python, script, cwd=suite, path=f"{suite}:{tmp_path}:{PACKAGE}")
    assert ours["failed"].keys() == CANNOT_PASS.keys(), ours["failed"]
    assert ours["ran"] == 39 and not ours["skipped"]


def test_flask_testing_itself_fails_where_it_is_known_to_be_broken(
    python: Path, suite: Path
) -> None:
    """When this fails, Flask-Testing was mended, and the reason for our own has gone."""
    done = run(
        python, "-m", "unittest", *sorted(f"tests.test_utils.{name}" for name in BROKEN_UPSTREAM),
        cwd=suite, environment=clean_environment(PYTHONPATH=str(suite)),
    )  # fmt: skip
    failed = set(
        re.findall(r"^(?:FAIL|ERROR): \S+ \(tests\.test_utils\.(\S+)\)", done.stderr, re.MULTILINE)
    )
    assert failed == BROKEN_UPSTREAM, done.stderr
