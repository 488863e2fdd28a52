"""Selections to test: from a catalogue to rows that hold every pair, or every triple, of choices.

A *factor* is one decision with several outcomes: which extension plays a role, whether an extension is chosen and with
which option, the answer to ``deploy``. A *covering array* of strength *t* is a list of rows in which any *t* outcomes of
different factors that can stand together do so in at least one row. Its length grows with the logarithm of the number of
factors, where the number of all selections doubles with each extension.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from itertools import combinations
from operator import and_
from typing import Any, NamedTuple

from ..answers import Answers, complete, questions
from ..catalog import Catalog
from ..errors import CatalogError
from ..extension import Extension

NAME, SLUG, PACKAGE = "My Shop", "my-shop", "my_shop"  # of every project made for a test


class Selection(NamedTuple):
    """Words that say what a project is made of.

    Attributes:
        words: Each an extension's id, ``id.option=value`` or ``question=answer``.
    """

    words: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Selection":
        """Read words separated by spaces."""
        return cls(tuple(sorted(text.split())))

    def __str__(self) -> str:
        return " ".join(self.words) or "nothing"

    @property
    def extensions(self) -> tuple[str, ...]:
        """The ids among the words."""
        return tuple(word for word in self.words if "=" not in word)

    def answers(self) -> Answers:
        """Return the answers that it stands for."""
        options = [word for word in self.words if "." in word.partition("=")[0]]
        pairs = (word.split("=", 1) for word in self.words if "=" in word and word not in options)
        given = {"project_name": NAME, "options": " ".join(options)}
        return complete({**given, "extensions": " ".join(self.extensions), **dict(pairs)})


def factors(catalog: Catalog) -> dict[str, list[str]]:
    """Return each factor of a catalogue with its outcomes; an outcome is words, or nothing."""
    found: dict[str, list[str]] = {}
    for extension in catalog:
        key = f"role {extension.provides}" if extension.provides else extension.id
        found.setdefault(key, [""]).extend(_outcomes(extension))
    return {**found, "deploy": [f"deploy={answer}" for answer in questions()["deploy"].choices]}


def _outcomes(extension: Extension) -> list[str]:
    """Return an extension as it is, and with each value of an option that is not its default."""
    unusual = [
        f"{extension.id} {extension.id}.{name}={value}"
        for name, option in extension.options.items()
        for value in option.choices
        if value != option.default
    ]
    return [extension.id, *unusual]


def covering(catalog: Catalog, strength: int) -> list[Selection]:
    """Return selections in which every so many outcomes that can stand together do.

    Args:
        catalog: Where the extensions are.
        strength: How many outcomes at once: 2 for all pairs, 3 for all triples.
    """
    from covertable import criteria, make  # type: ignore[import-untyped]

    chosen = factors(catalog)
    rows: Iterable[Mapping[str, str]] = make(
        chosen,
        strength=strength,
        criterion=criteria.greedy if strength == 2 else criteria.simple,
        constraints=[_not_both(*pair) for pair in refused_pairs(catalog, chosen)],
    )
    return sorted(Selection.of(" ".join(row.values())) for row in rows)


Outcome = tuple[str, str]  # a factor's name, and one of its outcomes


def pairs(chosen: Mapping[str, Sequence[str]]) -> list[tuple[Outcome, Outcome]]:
    """Return all pairs of outcomes of different factors that choose something."""
    outcomes = [(factor, o) for factor, values in chosen.items() for o in values if o]
    return [(one, other) for one, other in combinations(outcomes, 2) if one[0] != other[0]]


def refused_pairs(
    catalog: Catalog, chosen: Mapping[str, Sequence[str]]
) -> list[tuple[Outcome, Outcome]]:
    """Return the pairs of outcomes that a catalogue refuses."""
    return [pair for pair in pairs(chosen) if not accepts(catalog, *(words for _, words in pair))]


def accepts(catalog: Catalog, *words: str) -> bool:
    """Tell whether a catalogue takes a selection."""
    try:
        catalog.resolve(Selection.of(" ".join(words)).answers().asked())
    except CatalogError:
        return False
    return True


def uncovered(rows: Iterable[Selection], catalog: Catalog, strength: int) -> list[tuple[str, ...]]:
    """Return the outcomes that can stand together in twos, and do so in none of the rows.

    Args:
        rows: What claims to be a covering array.
        catalog: Where the extensions are.
        strength: How many outcomes at once.
    """
    chosen = factors(catalog)
    refused = {frozenset(pair) for pair in refused_pairs(catalog, chosen)}
    held = {  # a bit for each row that an outcome is in
        (factor, outcome): sum(1 << place for place, row in enumerate(found) if row == outcome)
        for factor, outcomes in chosen.items()
        for found in [_outcomes_in(rows, outcomes)]
        for outcome in outcomes
    }
    return [
        tuple(outcome or f"no {factor}" for factor, outcome in some)
        for some in combinations(held, strength)
        if len({factor for factor, _ in some}) == strength
        and not reduce(and_, (held[outcome] for outcome in some))
        and not any(frozenset(pair) in refused for pair in combinations(some, 2))
    ]


def _outcomes_in(rows: Iterable[Selection], outcomes: Sequence[str]) -> list[str]:
    """Return a factor's outcome in each row: the one with the most words that are all in it."""
    largest_first = sorted(outcomes, key=lambda outcome: len(outcome.split()), reverse=True)
    return [next(o for o in largest_first if {*o.split()} <= {*row.words}) for row in rows]


def _not_both(one: Outcome, other: Outcome) -> dict[str, Any]:
    return {
        "operator": "or",
        "conditions": [
            {"operator": "ne", "left": factor, "value": outcome} for factor, outcome in (one, other)
        ],
    }
