"""What ``make verify-catalogue`` writes; the trials themselves need the registry."""

import sys
import tomllib
from pathlib import Path

import pytest

from scaffold_cli import verified
from scaffold_cli.catalog import Catalog
from scaffold_cli.verified import Verified

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tools"))

import verify_catalogue as tool  # noqa: E402

GOOD = Verified("flask-mail", "0.10.0", "2024-05", "2026-11-22", "3.1.3", "works")
BAD = Verified("x", "1.0", "", "2026-11-22", "3.1.3", 'ImportError: no "y" <in> a\\b | c')


def test_what_is_written_is_read_again() -> None:
    tables = tomllib.loads(tool.as_toml({"mail": GOOD, "x": BAD}))

    assert {name: Verified(**table) for name, table in tables.items()} == {"mail": GOOD, "x": BAD}
    assert list(tables) == ["mail", "x"]


def test_the_page_has_a_row_for_each_extension_tried_or_not() -> None:
    catalog = [Catalog()[name] for name in ("mail", "redis", "heroku")]

    page = tool.as_page(catalog, {"mail": GOOD, "heroku": BAD})

    docs = Catalog()["mail"].docs
    cells = ["`mail`", f"[Flask-Mail]({docs})", "flask-mail 0.10.0", "2024-05", "3.1.3"]
    assert f"| {' | '.join([*cells, '2026-11-22', 'yes', 'works'])} |" in page
    assert 'no "y" &lt;in> a\\b \\| c |' in page
    assert "not yet |" in page


@pytest.mark.parametrize(
    ("output", "told"),
    [
        ("E   ImportError: no y\nFAILED tests/x.py", "ImportError: no y"),
        ("Traceback\n  File x\nKeyError: 'a'", "KeyError: 'a'"),
        ("error: no solution\nbecause", "error: no solution"),
        ("nothing\nknown", "known"),
        ("", "it said nothing"),
    ],
)
def test_what_went_wrong_is_one_line(output: str, told: str) -> None:
    assert tool._told(output) == told


def test_a_release_is_dated_by_its_first_file() -> None:
    wheels = [{"upload-time": "2024-06-01T00:00:00Z"}, {"upload-time": "2024-05-31T00:00:00Z"}]

    assert tool._month({"wheels": wheels}) == "2024-05"
    assert tool._month({"sdist": {"upload-time": "2023-01-02T00:00:00Z"}}) == "2023-01"
    assert tool._month({"wheels": [{}]}) == ""


def test_what_was_tried_works() -> None:
    trials = verified.trials()

    assert trials
    assert {name: trial.result for name, trial in trials.items() if trial.result != "works"} == {}


@pytest.mark.real
def test_every_extension_was_tried_and_the_page_tells_it() -> None:
    trials = verified.trials()

    assert {extension.id for extension in Catalog()} == trials.keys()
    assert (ROOT / "docs/catalogue.md").read_text("utf-8") == tool.as_page(Catalog(), trials)
