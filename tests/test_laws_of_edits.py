"""An owner's edits of whole statements and entries, and what a change of the answers makes of them.

Put in between what stays, they never contradict a change; the order of changes does not show, and taking one back gives
back the owner's file. Wherever else they are, what is merged without a conflict can be read, and is in its place.
"""

from collections.abc import Mapping
from difflib import unified_diff
from functools import lru_cache
from typing import NamedTuple

from conftest import costly
from edits import Place, edited, names
from hypothesis import assume, given, note
from hypothesis import strategies as st
from life import CATALOG, answers_of
from statements import check, kind, staying, with_statement
from test_laws import accepted, selections

from scaffold_cli import plan, threeway
from scaffold_cli.amendment import with_added, with_removed
from scaffold_cli.answers import Answers
from scaffold_cli.errors import CatalogError
from scaffold_cli.render import render
from scaffold_cli.tree import Tree


@lru_cache(256)
def rendered(answers: Answers) -> Tree:
    return render(answers, CATALOG)


# Statements between what stays


class Shop(NamedTuple):
    """A project as a value: what was asked for, and what stands there."""

    answers: Answers
    files: Mapping[str, bytes]

    def changed(self, answers: Answers) -> "Shop":
        """Return the project with other answers; that may not contradict its owner, and each file still reads."""
        theirs = rendered(answers)
        made = plan.change(rendered(self.answers), self.files, theirs)
        for step in made.conflicts:
            note(f"{step.path}:\n{(step.after or b'').decode()}")
        assert not made.conflicts
        files = {**self.files, **{step.path: step.after for step in made.steps}}
        left = {path: content for path, content in files.items() if content is not None}
        for path, content in left.items():
            if kind(path) and content != theirs[path].content:
                check(path, content.decode())
        return Shop(answers, left)


@costly
@given(st.data(), selections(), selections())
def test_statements_beside_what_stays_never_contradict_a_change(
    data: st.DataObject, first: list[str], more: list[str]
) -> None:
    answers = answers_of(" ".join(first))
    ids = [name for name in coming(answers, more) if name not in first]
    before = with_statements(data, answers, rendered(with_added(answers, ids)))

    one, other = (added(data, before, ids) for _ in range(2))

    assert differing(one, other) == []
    assert differing(removed(data, one, ids), before) == []


def coming(answers: Answers, names: list[str]) -> list[str]:
    """Return those extensions that can be added, and take nobody's place."""
    there = resolved(answers)
    ids: list[str] = []
    for name in names:
        new = with_added(answers, [*ids, name])
        if name not in there and accepted(new) and there <= resolved(new):
            ids.append(name)
    return ids


def resolved(answers: Answers) -> set[str]:
    return {extension.id for extension in CATALOG.resolve(answers.asked())}


def with_statements(data: st.DataObject, answers: Answers, later: Tree) -> Shop:
    """Put statements into those shared files of a project that will be there later."""
    made = rendered(answers)
    files = {path: file.content for path, file in made.items()}
    shared = [p for p in made if p in later and made[p].policy == "derived" and kind(p)]
    for number in range(data.draw(st.integers(1, 6), label="statements")):
        path = data.draw(st.sampled_from(shared), label="file")
        text, stays = files[path].decode(), staying(made[path], later[path])
        files[path] = with_statement(data.draw, path, text, stays, number).encode()
    return Shop(answers, files)


def differing(one: Shop, other: Shop) -> list[str]:
    paths = {*one.files, *other.files}
    found = sorted(path for path in paths if one.files.get(path) != other.files.get(path))
    for path in found:
        lines = [shop.files.get(path, b"").decode().splitlines() for shop in (one, other)]
        note("\n".join(unified_diff(*lines, path, path)))
    return found


def added(data: st.DataObject, shop: Shop, ids: list[str]) -> Shop:
    """Add extensions in any order, and in any groups that the catalogue takes."""
    group: list[str] = []
    for name in data.draw(st.permutations(ids), label="add"):
        group.append(name)
        if accepted(with_added(shop.answers, group)):
            shop, group = shop.changed(with_added(shop.answers, group)), []
    assert not group
    return shop


def removed(data: st.DataObject, shop: Shop, ids: list[str]) -> Shop:
    """Remove extensions in any order, and in any groups that the catalogue takes."""
    group: list[str] = []
    for name in data.draw(st.permutations(ids), label="remove"):
        group.append(name)
        try:
            answers = with_removed(shop.answers, group, CATALOG)
        except CatalogError:
            continue
        shop, group = shop.changed(answers), []
    assert not group
    return shop


# Entries anywhere

DEPLOY = ["anywhere", "heroku", "none"]


@costly
@given(st.data(), selections(), selections(), st.sampled_from(DEPLOY))
def test_what_is_merged_without_a_conflict_reads_and_is_in_its_place(
    data: st.DataObject, some: list[str], more: list[str], deploy: str
) -> None:
    few = answers_of(" ".join(some))
    many = with_added(answers_of(" ".join(some), deploy=deploy), coming(few, more))
    base, theirs = map(rendered, data.draw(st.permutations([few, many]), label="answers"))
    paths = [p for p in base if p in theirs and kind(p) and base[p].content != theirs[p].content]
    assume(paths)
    for path in data.draw(st.lists(st.sampled_from(paths), min_size=1, max_size=6), label="files"):
        old, new = (tree[path].content.decode() for tree in (base, theirs))
        ours = edited(data.draw, path, old)
        merged = threeway.merged(path, base[path], ours.encode(), theirs[path])
        if not merged.conflicts:
            text = merged.content.decode()
            note(f"{path}:\n" + "\n".join(unified_diff(ours.split("\n"), text.split("\n"))))
            check(path, text)
            are_in_place(*(names(path, side) for side in (old, ours, new, text)))


def are_in_place(
    base: list[Place], ours: list[Place], theirs: list[Place], merged: list[Place]
) -> None:
    """See that each name is once where it is to be; what it stands in may have another name on one side."""
    for place in ours:
        if place[-1].startswith("owner"):
            found = [other for other in merged if other[-1] == place[-1]]
            assert len(found) == 1, place
            assert found == [place] or (place[:-1] not in merged and found[0][:-1] not in ours)
    for place in {*base, *theirs}:
        if len(place) == 1 and (place in base) != (place in theirs):
            assert merged.count(place) == theirs.count(place), place
