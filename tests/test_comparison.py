"""The comparison page tells of scaffold what scaffold does."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "comparison.md"
ROW = re.compile(
    r"^\| \d+ \| \[(?P<story>[^]]+)\]\S+ \| [^|]+ \| (?P<scaffold>[^|]+) \|", re.MULTILINE
)


def verdicts(text: str) -> dict[str, str]:
    """Return what a page's first table says of scaffold, by story."""
    return {row["story"]: row["scaffold"] for row in ROW.finditer(text)}


@pytest.mark.real
def test_the_stories_end_with_scaffold_as_the_page_says() -> None:
    told = subprocess.run(
        [sys.executable, ROOT / "tools" / "comparison", "--without-others"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert told.returncode == 0, told.stderr
    shown = verdicts(PAGE.read_text("utf-8"))
    assert len(shown) == 10
    assert verdicts(told.stdout) == shown
