"""Plans: what a change will do, as a value that can be printed, compared, serialised or applied.

Every change of a project is one operation: from what was generated last (base), what stands there now (ours) and what
the new answers render to (theirs), each path gets its step.
"""

from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from . import merge
from .tree import File, Tree

Status = Literal["create", "update", "merge", "remove", "keep", "same", "conflict"]
SCHEMA = "scaffold/plan/1"

NO_MOVES: Mapping[str, str] = {}
Ours = Mapping[str, bytes | None]
"""What stands in a working tree: path to content; None where something else than a plain file stands."""


class Step(NamedTuple):
    """One file of a plan.

    Attributes:
        status: What happens to it.
        path: Where it is, relative to the project.
        owner: The layer that it belongs to.
        before, after: Its content; None where it is not there.
        reason: Why it is kept, or what contradicts what; empty where the status says all.
    """

    status: Status
    path: str
    owner: str
    before: bytes | None
    after: bytes | None
    reason: str = ""


class Plan(NamedTuple):
    """All steps of a change, sorted by path."""

    steps: tuple[Step, ...]

    @property
    def conflicts(self) -> tuple[Step, ...]:
        """The steps in which the owner's side and the new one contradict each other."""
        return tuple(step for step in self.steps if step.status == "conflict")

    def to_json(self) -> Mapping[str, Any]:
        """Return the plan as JSON data; ``docs/json.md`` describes it."""
        return {"schema": SCHEMA, "steps": [_as_json(step) for step in self.steps]}


def _as_json(step: Step) -> Mapping[str, str]:
    told = {"status": step.status, "path": step.path, "owner": step.owner}
    return {**told, "reason": step.reason} if step.reason else told


def creation(tree: Tree) -> Plan:
    """Return the plan that makes a whole project where there is nothing."""
    return Plan(
        tuple(Step("create", path, file.owner, None, file.content) for path, file in tree.items())
    )


def change(base: Tree, ours: Ours, theirs: Tree, moves: Mapping[str, str] = NO_MOVES) -> Plan:
    """Return the plan that leads from what was generated last to something else.

    Args:
        base: What was generated last.
        ours: What stands at the paths of both trees now; those that are missing are left out.
        theirs: What is to be generated.
        moves: Files that have another name since, from the old path to the new one: what the owner wrote goes along.
    """
    moved = {
        old: new
        for old, new in moves.items()
        if old in base and old not in theirs and new in theirs and new not in {*base, *ours}
    }
    paths = {*base, *theirs} - moved.keys() - {*moved.values()}
    steps = [step for path in paths for step in _steps(path, base, ours, theirs)]
    for old, new in moved.items():
        steps += _moved(old, new, base[old], ours.get(old), theirs[new])
    return Plan(tuple(sorted(steps, key=lambda step: step.path)))


def _moved(old: str, new: str, was: File, now: bytes | None, file: File) -> Iterator[Step]:
    """Yield the steps of a file that gets another name."""
    if now is None:
        yield Step("keep", new, file.owner, None, None, f"you have deleted it, as {old}")
        return
    outcome = _decided(new, was, now, file) if was.content != file.content else None
    after, why = (outcome.after, outcome.reason) if outcome else (now, "")
    status: Status = "create" if is_same(now, was.content) else "merge"
    if outcome and outcome.status == "conflict":
        status = "conflict"
    yield Step(status, new, file.owner, None, after, why or f"it was {old}")
    yield Step("remove", old, was.owner, now, None, f"it is {new} now")


def _steps(path: str, base: Tree, ours: Ours, theirs: Tree) -> Iterator[Step]:
    """Yield a path's step, if it has one."""
    old, new = base.get(path), theirs.get(path)
    file = new or old
    if file is None or (old and new and old.content == new.content):
        return
    now = ours.get(path)
    if path in ours and now is None:
        yield Step("conflict", path, file.owner, None, None, "what stands there is no plain file")
    elif outcome := _decided(path, old, now, new):
        yield Step(outcome.status, path, file.owner, now, outcome.after, outcome.reason)


class _Outcome(NamedTuple):
    status: Status
    after: bytes | None
    reason: str = ""


def _decided(path: str, old: File | None, now: bytes | None, new: File | None) -> _Outcome | None:
    """Return what happens to a path; None if there is nothing to be done."""
    if new is None:
        return _removed(old, now)
    if now is None:
        return (
            _Outcome("keep", None, "you have deleted it")
            if old
            else _Outcome("create", new.content)
        )
    if is_same(now, new.content):
        return _Outcome("same", now)
    if old and now == old.content:
        return _Outcome("update", new.content)
    if old and is_same(now, old.content):
        return _Outcome("update", merge.with_ends_of(now, new.content))
    if old and new.policy == "seed":
        return _Outcome("keep", now, "it is yours since you changed it")
    if merge.is_binary(now) or merge.is_binary(new.content):
        return _Outcome("conflict", now, "you have changed it, and it is no text to merge")
    return _merged(path, old, now, new)


def _removed(old: File | None, now: bytes | None) -> _Outcome | None:
    if old is None or now is None:
        return None
    if is_same(now, old.content):
        return _Outcome("remove", None)
    if old.policy == "seed":
        return _Outcome("keep", now, "it is yours since you changed it")
    return _Outcome("conflict", now, "you have changed it, and it is to be removed")


def _merged(path: str, old: File | None, now: bytes, new: File) -> _Outcome:
    from . import threeway  # only where there is something to merge

    merged = threeway.merged(path, old, now, new)
    if not merged.conflicts:
        return _Outcome("merge", merged.content)
    reason = "both sides have changed it" if old else "you have written one, too"
    return _Outcome("conflict", merged.content, reason)


def is_same(one: bytes | None, other: bytes | None) -> bool:
    """Tell whether two files are the same, or the same text with other line ends."""
    if one == other or one is None or other is None:
        return one == other
    texts = (one, other)
    return not any(map(merge.is_binary, texts)) and len({*map(merge.plain, texts)}) == 1
