"""Any combination works or is refused with a reason: all pairs, and all triples, of the catalogue in memory."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from oracle import MANIFESTS, closed, quarrels

from scaffold_cli.answers import presets
from scaffold_cli.catalog import Catalog
from scaffold_cli.errors import CatalogError
from scaffold_cli.extension import Extension
from scaffold_cli.render import render
from scaffold_cli.testing import selections, trees
from scaffold_cli.testing.selections import Selection
from scaffold_cli.tree import Tree

CATALOG = Catalog()
FACTORS = selections.factors(CATALOG)
PAIRS = [Selection.of(f"{one} {other}") for (_, one), (_, other) in selections.pairs(FACTORS)]


def rendered(selection: Selection) -> Tree:
    return render(selection.answers(), CATALOG)


def refusal(selection: Selection) -> str:
    """Return why the catalogue refuses a selection; empty if it takes it."""
    try:
        CATALOG.resolve(selection.answers().asked())
    except CatalogError as error:
        return error.message
    return ""


def check_against_oracle(selection: Selection) -> None:
    expected = quarrels(selection.answers().asked())
    message = refusal(selection)
    named = [
        (pair, reason)
        for pair, reason in expected.items()
        if set(message.split()) >= pair and reason in message
    ]

    assert bool(message) == bool(expected), f"{selection}: {message or expected}"
    assert not expected or named, f"{selection}: {message}, and not {expected}"


def test_every_pair_is_taken_or_refused_as_the_manifests_say() -> None:
    for selection in PAIRS:
        check_against_oracle(selection)


@given(st.lists(st.sampled_from(sorted(MANIFESTS)), max_size=8, unique=True))
def test_any_selection_is_taken_or_refused_as_the_manifests_say(chosen: list[str]) -> None:
    check_against_oracle(Selection(tuple(sorted(chosen))))


@given(st.lists(st.sampled_from(sorted(MANIFESTS)), max_size=8, unique=True))
def test_a_selection_comes_to_what_the_manifests_say(chosen: list[str]) -> None:
    if not quarrels(chosen):
        assert {extension.id for extension in CATALOG.resolve(chosen)} == closed(chosen)


@pytest.fixture(scope="session")
def rows() -> list[Selection]:
    """The covering array of all triples; `make combinations` writes it, which takes minutes."""
    return read("triples")


def read(name: str) -> list[Selection]:
    text = (Path(__file__).parent / f"combinations/{name}.txt").read_text("utf-8")
    return [Selection.of(line) for line in text.splitlines()]


@pytest.mark.parametrize(("name", "strength"), [("pairs", 2), ("triples", 3)])
def test_the_rows_hold_every_combination(name: str, strength: int) -> None:
    missing = selections.uncovered(read(name), CATALOG, strength)

    assert missing == [], "The catalogue has changed: make combinations"


@pytest.fixture(scope="session")
def forest(rows: list[Selection]) -> dict[Selection, Tree]:
    """The tree of each accepted row, of each preset, and of each single choice."""
    single = [Selection.of(o) for outcomes in FACTORS.values() for o in outcomes]
    named = [Selection(tuple(ids)) for ids in presets().values()]
    return {row: rendered(row) for row in [*rows, *single, *named] if not refusal(row)}


@pytest.mark.xdist_group("triples")
class TestAllTriples:
    def test_rows_are_refused_only_as_the_manifests_say(self, rows: list[Selection]) -> None:
        for row in rows:
            check_against_oracle(row)

    def test_most_rows_are_taken(
        self, rows: list[Selection], forest: dict[Selection, Tree]
    ) -> None:
        assert sum(row in forest for row in rows) > 0.9 * len(rows)

    def test_trees_are_whole(self, forest: dict[Selection, Tree]) -> None:
        for row, tree in forest.items():
            assert list(trees.problems(tree)) == [], row

    def test_python_is_clean(self, forest: dict[Selection, Tree]) -> None:
        assert trees.formatting(forest.values()) == ""

    def test_a_project_has_no_trace_of_a_choice_not_made(
        self, forest: dict[Selection, Tree]
    ) -> None:
        for row, tree in forest.items():
            here = closed(row.answers().asked())
            brought = trees.modules_of(tree["requirements.txt"].content)
            said = {path.partition("/")[2] for path in tree}.union(
                *(said_in(file.content) for path, file in tree.items() if path not in UNTOLD)
            )
            for absent in [extension for extension in CATALOG if extension.id not in here]:
                assert not said & {*telling(absent, brought)}, f"{absent.id} in {row}"


UNTOLD = (".gitignore", "requirements.txt", "requirements-dev.txt")
TITLES = [e.title for e in CATALOG if e.title.startswith("Flask-")]


@cache
def said_in(content: bytes) -> frozenset[str]:
    """Return the words of a file, and the titles of extensions that are in it."""
    text = content.decode("utf-8", "replace")
    return frozenset([*re.findall(r"\w+", text), *(title for title in TITLES if title in text)])


def telling(extension: Extension, brought: frozenset[str]) -> Iterator[str]:
    """Yield what gives an extension away: its title, its imports, its settings' names, its test.

    A module that something else has brought gives nothing away.
    """
    if extension.title in TITLES:
        yield extension.title
    for line in extension.wire.get("imports", ()):
        module = line.split()[1]
        if module.startswith("flask_") and module not in brought:
            yield module
    for setting in extension.settings:
        if extension.id.upper() in setting.env:
            yield setting.env
    yield f"tests/test_{extension.id}.py"


def test_long_and_short_names_leave_python_clean() -> None:
    long = f"project_slug=s{'-long' * 11} blueprints=b{'_long' * 5} apps=a{'_long' * 5}".split()
    full = Selection((*presets()["full"], *long))

    assert trees.formatting([rendered(full), rendered(Selection(tuple(long)))]) == ""
