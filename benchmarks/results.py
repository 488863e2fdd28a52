"""What talk.py measured, as figures and as tables."""

from collections.abc import Iterable, Sequence
from math import inf, isfinite
from statistics import median
from typing import NamedTuple

from loads import Result
from report import table

STOCK = "Flask"


class Case(NamedTuple):
    """What is the same for all contenders."""

    server: str
    url: str
    load: str


class Results:
    """The results of all rounds.

    Attributes:
        taken: For each case and contender, a result a round.
    """

    def __init__(self) -> None:
        self.taken: dict[Case, dict[str, list[Result]]] = {}

    def add(self, case: Case, name: str, result: Result) -> None:
        """Add a result of one more round."""
        self.taken.setdefault(case, {}).setdefault(name, []).append(result)

    def names(self, server: str) -> list[str]:
        """Return who was measured on a server."""
        return list(
            dict.fromkeys(name for case in self._cases(server) for name in self.taken[case])
        )

    def rate(self, case: Case, name: str) -> float:
        """Return the median of requests a second."""
        return median(result.rate for result in self.taken[case][name])

    def times_stock(self, case: Case, name: str) -> float:
        """Return the median of what a contender did divided by what stock Flask did in the same round."""
        pairs = zip(self.taken[case][name], self.taken[case][STOCK], strict=True)
        return median(ours.rate / stock.rate if stock.rate else inf for ours, stock in pairs)

    def slowest(self, case: Case, name: str) -> float:
        """Return the median of the 99th percentiles, in milliseconds."""
        return median(result.slowest for result in self.taken[case][name])

    def rates_table(self, server: str) -> str:
        """Return requests a second on a server with, in brackets, how many times stock Flask's they are."""
        names = self.names(server)
        rows = [
            [
                _what(case),
                *(
                    f"{self.rate(case, name):,.0f} ({self.times_stock(case, name):.2f})"
                    for name in names
                ),
            ]
            for case in self._cases(server)
        ]
        rows.append(["failed, of all requests", *(self._failed(server, name) for name in names)])
        return table(["requests a second", *names], rows)

    def slowest_table(self, server: str) -> str:
        """Return the 99th percentiles on a server."""
        names = self.names(server)
        rows = [
            [_what(case), *(_milliseconds(self.slowest(case, name)) for name in names)]
            for case in self._cases(server)
        ]
        return table(["99th percentile, ms", *names], rows)

    def summary(
        self, names: Sequence[str], servers: Sequence[str], urls: Sequence[str], load: str
    ) -> str:
        """Return how many times stock Flask's requests a second everybody answers under one load."""
        rows = [
            [name, *(self._in_brief(server, urls, load, name) for server in servers)]
            for name in names
        ]
        return table([f"{', '.join(f'`{url}`' for url in urls)}", *servers], rows)

    def lead(self, case: Case, name: str, others: Iterable[str]) -> float:
        """Return how the best of the others does beside a contender: the most of the medians of ratios."""
        taken = self.taken[case]
        return max(
            median(
                other.rate / ours.rate if ours.rate else inf
                for other, ours in zip(taken[rival], taken[name], strict=True)
            )
            for rival in others
            if rival in taken
        )

    def _cases(self, server: str) -> list[Case]:
        return [case for case in self.taken if case.server == server]

    def _in_brief(self, server: str, urls: Sequence[str], load: str, name: str) -> str:
        if name not in self.names(server):
            return ""
        cases = (Case(server, url, load) for url in urls)
        return " · ".join(f"{self.times_stock(case, name):.1f}" for case in cases)

    def _failed(self, server: str, name: str) -> str:
        results = [result for case in self._cases(server) for result in self.taken[case][name]]
        failed, asked = (sum(counts) for counts in zip(*(r[3:1:-1] for r in results), strict=True))
        return f"**{failed:,}** of {asked:,}" if failed else f"0 of {asked:,}"


def _what(case: Case) -> str:
    return f"`{case.url}`, {case.load}"


def _milliseconds(figure: float) -> str:
    if not isfinite(figure):
        return "none"
    return f"{figure:,.0f}" if figure >= 100 else f"{figure:.1f}"
