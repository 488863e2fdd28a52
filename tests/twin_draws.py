"""Fails unless the requests that are drawn stay the same when a module with constants is loaded.

Run as a program of its own: Hypothesis keeps the constants of a module for as long as the process lives.
"""

import sys
from typing import Any

import vendored  # noqa: F401  (so that the twins can import the core)
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import tuples
from twin_plans import direct_plans, direct_steps, plans, steps


def draw() -> list[Any]:
    """Return what is drawn for some comparisons."""
    drawn: list[Any] = []

    @settings(
        max_examples=150, derandomize=True, deadline=None, suppress_health_check=[*HealthCheck]
    )
    @given(tuples(plans, steps, direct_plans, direct_steps))
    def keep(parts: Any) -> None:
        drawn.append(repr(parts))

    keep()
    return drawn


if __name__ == "__main__":
    before = draw()
    sys.path.insert(0, sys.argv[1])
    __import__("full_of_constants")
    sys.exit(0 if draw() == before else "other requests are drawn")
