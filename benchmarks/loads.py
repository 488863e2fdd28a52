"""What sends the requests, ab and wrk, and what their reports say."""

import re
import shutil
import subprocess
import time
from collections.abc import Mapping
from math import inf
from typing import NamedTuple

PATIENCE = 60.0  # seconds, of those that a run may take beyond what it is to take
# Without progress; going on after an error; until nothing comes for ten seconds; with the percentiles as fractions of milliseconds.
_AB = "ab -q -r -s 10 -e /dev/stdout"
_UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}  # milliseconds


class Result(NamedTuple):
    """What one run came to.

    Attributes:
        rate: Requests a second that were answered with a status of 2xx.
        slowest: Milliseconds within which 99 of 100 were answered.
        asked: How many requests were sent.
        failed: How many of them had another status, no answer, or one that broke off.
    """

    rate: float
    slowest: float
    asked: int
    failed: int


class Load(NamedTuple):
    """A way to send requests.

    Attributes:
        name: The command as people would write it.
        command: The command, without the URL.
        requests: How many it sends; 0 if it goes by time.
        runs: How often it is done, for the best of them: chance may give all connections to one process.
    """

    name: str
    command: str
    requests: int = 0
    runs: int = 1

    def run(self, url: str, headers: Mapping[str, str]) -> Result:
        """Send the requests, and return what came of the best run, and what failed in all."""
        results = [self._run(url, headers) for _ in range(self.runs)]
        best = max(results, key=lambda result: result.rate)
        return best._replace(
            asked=sum(result.asked for result in results),
            failed=sum(result.failed for result in results),
        )

    def _run(self, url: str, headers: Mapping[str, str]) -> Result:
        command = self.command.split()
        for header in headers.items():
            command += ["-H", ": ".join(header)]
        begun = time.monotonic()
        try:
            done = subprocess.run(
                [*command, url], capture_output=True, text=True, timeout=PATIENCE, check=False
            )
        except subprocess.TimeoutExpired:
            return self.nothing
        if not self.requests:
            return from_wrk(done.stdout) or self.nothing
        return (
            from_ab(done.stdout, self.requests)
            or given_up(done.stdout, self.requests, time.monotonic() - begun)
            or self.nothing
        )

    @property
    def nothing(self) -> Result:
        """What counts where there is no report, as the server is gone or hangs."""
        asked = self.requests or 1
        return Result(0.0, inf, asked, asked)


def loads(seconds: int) -> tuple[Load, ...]:
    """Return the talk's two loads, and one for some seconds."""
    return (
        Load("ab -c 1 -n 1000", f"{_AB} -c 1 -n 1000", requests=1000),
        Load("ab -c 100 -n 1000", f"{_AB} -c 100 -n 1000", requests=1000),
        Load(f"wrk -c 100 -d {seconds}s", f"wrk --latency -t 1 -c 100 -d {seconds}s", runs=3),
    )


def missing_programs() -> list[str]:
    """Return those that are not there."""
    return [program for program in ("ab", "wrk") if not shutil.which(program)]


def from_ab(report: str, asked: int) -> Result | None:
    """Read ab's report, with the percentiles of ``-e`` in it; None if it broke off.

    Args:
        report: What ab printed.
        asked: How many requests it was to send.
    """
    rate = _number(r"^Requests per second: +([\d.]+)", report)
    slowest = _number(r"^99,([\d.]+)", report)
    if rate is None or slowest is None:
        return None
    complete = _number(r"^Complete requests: +(\d+)", report) or 0
    bad = _number(r"^Failed requests: +(\d+)", report) or 0
    other = _number(r"^Non-2xx responses: +(\d+)", report) or 0
    # An answer of another status and length is in both counts.
    failed = min(asked, int(asked - complete + max(bad, other)))
    return Result(rate * (1 - failed / asked), slowest, asked, failed)


def given_up(report: str, asked: int, seconds: float) -> Result | None:
    """Read what ab says when it stops before the end, as it does when nothing comes any more.

    Args:
        report: What ab printed.
        asked: How many requests it was to send.
        seconds: How long it ran.
    """
    complete = _number(r"Total of (\d+) requests completed$", report)
    if complete is None:
        return None
    return Result(complete / seconds, inf, asked, asked - int(complete))


def from_wrk(report: str) -> Result | None:
    """Read wrk's report, with ``--latency``; None if it did not come to one."""
    rate = _number(r"^Requests/sec: +([\d.]+)", report)
    slowest = re.search(r"^ +99% +([\d.]+)(us|ms|s|m) *$", report, re.M)
    if rate is None or slowest is None:
        return None
    answered = int(_number(r"^ +(\d+) requests in", report) or 0)
    other = int(_number(r"^ +Non-2xx or 3xx responses: (\d+)", report) or 0)
    broken = re.search(r"^ +Socket errors: (.+)$", report, re.M)
    lost = sum(int(number) for number in re.findall(r"\d+", broken[1])) if broken else 0
    good = 1 - other / answered if answered else 0.0
    milliseconds = float(slowest[1]) * _UNITS[slowest[2]]
    return Result(rate * good, milliseconds, answered + lost, other + lost)


def _number(pattern: str, text: str) -> float | None:
    found = re.search(pattern, text, re.M)
    return float(found[1]) if found else None
