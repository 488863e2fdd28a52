"""The tests: run ``pytest`` or ``python -m unittest discover -fv -s`` on the package."""

import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
PACKAGE = HERE.parent


def load_tests(
    loader: unittest.TestLoader, tests: unittest.TestSuite, pattern: str | None
) -> unittest.TestSuite:
    """Load the tests by their full names, so that relative imports work in them."""
    if str(PACKAGE.parent) not in sys.path:
        sys.path.insert(0, str(PACKAGE.parent))
    for path in sorted(HERE.glob(pattern or "test*.py")):
        tests.addTests(
            loader.loadTestsFromName(f"{PACKAGE.name}.{HERE.name}.{path.stem}")
        )
    return tests
