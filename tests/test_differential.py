"""Stock Flask and the fast path side by side, over generated applications and requests: nothing differs.

``make check`` makes some thousand requests, ``make differential`` more than 100,000.
"""

import os
import re
import subprocess
import sys
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
from core.fast import FastPath, application
from core.fast.responses import send_text
from flask import Flask, signals
from hypothesis import HealthCheck, given, reject, settings
from twin_clock import CLOCK, START
from twin_clock import time_stands_still as time_stands_still
from twin_plans import direct_plans, direct_steps, plans, steps
from twins import SIGNALS, Call, Change, Plan, Route, Seen, Twin, environment
from werkzeug.http import http_date

# An example makes 16 to 40 requests.
WANTED = int(os.environ.get("DIFFERENTIAL_REQUESTS", "2000"))
LAW = settings(
    max_examples=WANTED // 18,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
)
ADDRESS = re.compile(r"0x[0-9a-f]+")


def comparable(seen: Seen) -> list[Any]:
    """Return what was seen without what differs from one object to the next."""
    return [
        seen.raised,
        seen.started,
        seen.body,
        *(ADDRESS.sub("", line) for line in seen.log),
        seen.left,
    ]


def compare(base: type[Flask], plan: Plan, steps: list[Call | Change]) -> int:
    """Go through the steps with both twins, and return the number of requests.

    Raises:
        AssertionError: Where something differs.
    """
    try:
        stock = Twin(Flask, plan)
    except (AssertionError, ValueError):
        reject()  # Flask does not make such an application
    with stock, Twin(base, plan) as fast:
        return compare_twins(stock, fast, steps)


def compare_twins(stock: Twin, fast: Twin, steps: list[Call | Change]) -> int:
    """Go through the steps with both, and return the number of requests."""
    last, requests, CLOCK.now = "none", 0, START
    for step in steps:
        if isinstance(step, Change) and step.what == "clock":
            CLOCK.now += step.value
            continue
        if isinstance(step, Change):
            stock.change(step)
            fast.change(step)
            continue
        expected, found = (twin.see(environment(step, last)) for twin in (stock, fast))
        if comparable(found) != comparable(expected):
            raise AssertionError(step, comparable(found), comparable(expected))
        requests += 1
        for _, headers in expected.started:
            for name, value in headers:
                if name == "Set-Cookie" and (morsel := SimpleCookie(value).get("session")):
                    last = morsel.value
    return requests


def test_nothing_differs_from_stock_flask() -> None:
    requests = 0

    @LAW
    @given(plans, steps)
    def nothing_differs(plan: Plan, steps: list[Call | Change]) -> None:
        nonlocal requests
        requests += compare(FastPath, plan, steps)

    nothing_differs()
    assert requests >= WANTED


def test_nothing_differs_where_requests_go_directly_to_views(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    requests, sent = 0, 0

    def counted(*args: Any) -> Any:
        nonlocal sent
        sent += 1
        return send_text(*args)

    monkeypatch.setattr(application, "send_text", counted)

    @LAW
    @given(direct_plans, direct_steps)
    def nothing_differs(plan: Plan, steps: list[Call | Change]) -> None:
        nonlocal requests
        requests += compare(FastPath, plan, steps)

    nothing_differs()
    assert requests >= WANTED
    assert sent >= requests / 10


def test_what_is_drawn_does_not_depend_on_the_modules_that_are_loaded(tmp_path: Path) -> None:
    constants = [*range(100, 300), *"/ab5%", "/a", "/b", "a/", b"x", b"bytes", 1.5]
    (tmp_path / "full_of_constants.py").write_text(f"CONSTANTS = {constants}\n", encoding="utf-8")

    drawn = subprocess.run(
        [sys.executable, Path(__file__).with_name("twin_draws.py"), tmp_path], capture_output=True, text=True
    )  # fmt: skip

    assert (drawn.returncode, drawn.stderr) == (0, "")


def test_twins_leave_no_receiver_behind() -> None:
    listens = Plan(routes=(), signals=SIGNALS)

    compare(FastPath, listens, [Call(), *(Change("listen", name) for name in SIGNALS), Call()])

    assert not [name for name in SIGNALS if getattr(signals, name).receivers]


def test_time_stands_still() -> None:
    with Twin(FastPath, Plan(routes=(Route("/", "file"),))) as twin:
        seen = twin.see(environment(Call(), ""))

    headers = dict(seen.started[0][1])
    assert headers["Date"] == http_date(START)
    assert headers["Expires"] == http_date(START + 60)


def test_the_fast_path_is_on() -> None:
    app = Twin(FastPath, Plan(routes=())).app
    app.test_client().get("/")
    assert app.routes is not None
