"""Projects on disk: found, read, and changed, each change by way of a plan and the history."""

import os
from collections.abc import Iterable
from itertools import count
from types import MappingProxyType
from typing import Literal, NamedTuple

from . import history, merge, moves, plan, state, threeway, workspace
from .answers import Answers
from .branches import without_markers
from .catalog import Catalog
from .errors import ConflictError, StateError
from .history import Change, Entry
from .plan import Plan, Step
from .plugins import sources
from .render import render
from .state import Record
from .tree import File, Tree

ASIDE = f"{state.FOLDER}/set-aside"
NOTHING: plan.Ours = MappingProxyType({})


class Project(NamedTuple):
    """A project that scaffold made.

    Attributes:
        root: Its folder.
        record: What it knows of its making.
        catalog: Where the extensions are.
        is_joined: Whether git has merged two branches of it, and nothing has been done about it yet.
    """

    root: str
    record: Record
    catalog: Catalog
    is_joined: bool = False


class Planned(NamedTuple):
    """A change that could be made.

    Attributes:
        command: What was asked for, in words.
        plan: What happens to the project's files.
        tree: What is generated then.
        changes: All files that change, in the order in which they are written, the record's last.
        undoes: The number of the change that this one takes back; 0 if none.
    """

    command: str
    plan: Plan
    tree: Tree
    changes: tuple[Change, ...]
    undoes: int = 0

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to be done."""
        return not (self.plan.steps or self.changes)


def find(folder: str) -> str:
    """Return the project that a folder is in: itself, or the nearest one above.

    Raises:
        StateError: It is in none.
    """
    here = os.path.abspath(folder)
    while not os.path.isfile(os.path.join(here, *state.STATE.split("/"))):
        above = os.path.dirname(here)
        if above == here:
            raise StateError(
                f"{os.path.abspath(folder)} is in no project of scaffold's: {state.STATE} is missing.",
                "Go into one, or make one: scaffold new",
            )
        here = above
    return here


Standing = Literal["pristine", "edited", "missing"]


def as_before(root: str, entry: Entry) -> dict[str, bytes | None]:
    """Return those files that an unfinished change has written so far, as they were before."""
    now = workspace.read(root, [change.path for change in entry.changes])
    return {c.path: c.before for c in entry.changes if now.get(c.path) == c.after}


def standing(root: str, record: Record, instead: plan.Ours = NOTHING) -> dict[str, Standing]:
    """Return how each file that scaffold made stands: as it was made, changed, or not there.

    Args:
        root: The project's folder.
        record: What scaffold made.
        instead: What to take some paths for, whatever stands there; None for nothing.
    """
    now = {**workspace.read(root, record.tree), **instead}

    def word(path: str, file: File) -> Standing:
        if path not in now or (path in instead and instead[path] is None):
            return "missing"
        return "pristine" if plan.is_same(now[path], file.content) else "edited"

    return {path: word(path, file) for path, file in record.tree.items()}


def refuse_unfinished(root: str) -> None:
    """Refuse to begin a change while another one is not done.

    Raises:
        ConflictError: One waits for its owner, or was interrupted.
    """
    entry = history.unfinished(root)
    if entry is None:
        return
    if entry.phase == "conflict":
        raise waiting(entry)
    raise StateError(
        f"{entry.command!r} was interrupted.", "Finish it: scaffold continue. Or: scaffold abort"
    )


def waiting(entry: Entry) -> ConflictError:
    """Return what to tell of a change that waits for its owner."""
    return ConflictError(
        f"{entry.command!r} contradicts what you wrote in {', '.join(entry.conflicts)}.",
        "Mend these files, then: scaffold continue. Or go back: scaffold abort",
    )


def planned(project: Project, answers: Answers, command: str) -> Planned:
    """Return the change that leads to other answers.

    Args:
        project: The project.
        answers: What it is to be asked for.
        command: What that is called in the history.

    Raises:
        CatalogError: The selection can't stand together.
    """
    theirs = render(answers, project.catalog)
    base = project.record.tree
    if project.is_joined:
        found = workspace.read(project.root, {*base, *theirs})
        made = _with_before(plan.change(base, _unmarked(found, base), theirs), found, base)
    else:
        found = workspace.read(project.root, _differing(base, theirs))
        renamed = moves.since(project.record.version, answers.names())
        made = plan.change(_tagged(project, base, found, theirs), found, theirs, renamed)
    extensions = project.catalog.resolve(answers.asked())
    record = state.record(answers, theirs, sources(extensions, project.catalog, project.root))
    old = project.record.files
    kept = [path for path in sorted({*old, *record}) if old.get(path) != record.get(path)]
    kept.sort(key=lambda path: path == state.STATE)  # which says that all the rest is there
    changes = [
        *_written(project.root, made),
        *(Change(path, old.get(path), record.get(path)) for path in kept),
    ]
    return Planned(command, made, theirs, tuple(changes))


def _unmarked(found: plan.Ours, base: Tree) -> plan.Ours:
    """Return files without those conflicts of git's in which both sides are generated."""
    return {
        path: without_markers(content, base[path].content) if content and path in base else content
        for path, content in found.items()
    }


def _with_before(made: Plan, found: plan.Ours, base: Tree) -> Plan:
    """Return a plan for files as they stand there, those conflicts mended that git need not have had."""
    steps = {step.path: step._replace(before=found.get(step.path)) for step in made.steps}
    for path, content in _unmarked(found, base).items():
        now = found[path]
        if content and merge.has_conflict(content):
            steps[path] = Step(
                "conflict", path, base[path].owner, now, now, "git has left both sides"
            )
        elif path not in steps and content != now:
            steps[path] = Step("update", path, base[path].owner, now, content)
    return Plan(tuple(steps[path] for path in sorted(steps)))


def _differing(base: Tree, theirs: Tree) -> list[str]:
    return [
        path
        for path in {*base, *theirs}
        if path not in base or path not in theirs or base[path].content != theirs[path].content
    ]


def _tagged(project: Project, base: Tree, ours: plan.Ours, theirs: Tree) -> Tree:
    """Return what was generated last, with the fragments of those files that are to be merged.

    They are known as long as the same answers render to the same text.
    """
    edited = [
        path
        for path, file in base.items()
        if path in theirs and theirs[path].tags and ours.get(path) not in (None, file.content)
    ]
    if not edited:
        return base
    again = render(project.record.answers, project.catalog)
    known = {
        path: base[path]._replace(tags=again[path].tags)
        for path in edited
        if path in again and again[path].content == base[path].content
    }
    return {**base, **known}


def _written(root: str, made: Plan) -> list[Change]:
    return [
        Change(step.path, step.before, step.after, workspace.mode(root, step.path))
        for step in made.steps
        if step.before != step.after
    ]


def carry_out(root: str, change: Planned) -> Entry:
    """Make a change: write it down, write the files, and move the record if nothing contradicts.

    Raises:
        TargetError: A file can't be written; the change is unfinished then.
    """
    conflicts = [step.path for step in change.plan.conflicts]
    entry = history.begin(root, change.command, change.changes, conflicts, change.undoes)
    return go_on(root, entry)


def go_on(root: str, entry: Entry) -> Entry:
    """Write what a change has still to write.

    Returns:
        The change, done, or waiting for its owner.

    Raises:
        ConflictError: Both sides of a conflict still stand in a file.
    """
    if entry.phase == "writing":
        _finish(root, entry)
        if entry.conflicts:
            return history.wait(root, entry)
    else:
        entry = _mended(root, entry)
    _write(root, _record(entry.changes))
    return history.close(root, entry)


def give_up(root: str, entry: Entry) -> list[str]:
    """Take back what an unfinished change has written.

    Returns:
        Where that is now, in ``.scaffold/set-aside/``, which its owner has written meanwhile and can't stay.
    """
    entry = history.reopen(root, entry)
    aside = [path for change in entry.changes if (path := _take_back(root, change))]
    history.forget(root, entry)
    return aside


def undoing(root: str) -> Planned:
    """Return the change that takes the last one back.

    Raises:
        StateError: There is none, or something else has changed the record since: git, say.
    """
    numbers = history.entries(root)
    if not numbers:
        raise StateError("There is nothing to undo: the project is as it was made here.")
    last = max(numbers)
    entry = history.load(root, last, numbers[last])
    own, record = _own(entry.changes), _record(entry.changes)
    found = workspace.read(root, [change.path for change in entry.changes])
    if any(found.get(change.path) != change.after for change in record):
        raise StateError(
            f"{entry.command!r} can't be undone: the record has changed since, perhaps by git.",
            "Go back by git, too.",
        )
    made = plan.change(
        {change.path: File(change.after, "") for change in own if change.after is not None},
        found,
        {change.path: File(change.before, "") for change in own if change.before is not None},
    )
    modes = {change.path: change.mode for change in own}
    back = (change._replace(mode_after=modes[change.path]) for change in _written(root, made))
    changes = (*back, *(Change(c.path, c.after, c.before) for c in record))
    return Planned(f"undo {entry.command}", made, {}, changes, last)


def _own(changes: Iterable[Change]) -> list[Change]:
    """Return the changes of the project's files."""
    return [change for change in changes if not change.path.startswith(f"{state.FOLDER}/")]


def _record(changes: Iterable[Change]) -> list[Change]:
    """Return the changes of the record."""
    return [change for change in changes if change.path.startswith(f"{state.FOLDER}/")]


def _finish(root: str, entry: Entry) -> None:
    """Write those files that are not written yet; what their owner has written meanwhile stays.

    Raises:
        ConflictError: That contradicts the change; nothing has been written.
    """
    wanted = (
        change._replace(after=_wanted(root, change, entry.conflicts))
        for change in _own(entry.changes)
    )
    _write(root, [*wanted])


def _wanted(root: str, change: Change, conflicts: Iterable[str]) -> bytes | None:
    """Return what is to stand at a path, of which nothing or all may be written yet."""
    now = workspace.read(root, [change.path]).get(change.path)
    if now in (change.before, change.after):
        return change.after
    if now is None or change.path in conflicts:
        return now  # its owner has deleted it meanwhile, or mended it
    combined = _combined(change.path, change.before, now, change.after)
    if combined is None:
        raise ConflictError(
            f"You have written into {change.path} meanwhile, and that contradicts the change.",
            "Take that back, then: scaffold continue. Or: scaffold abort, which sets it aside",
        )
    return combined


def _write(root: str, changes: Iterable[Change]) -> None:
    """Write files, but those that are written already."""
    for change in changes:
        workspace.sweep(root, change.path)
        if workspace.read(root, [change.path]).get(change.path) != change.after:
            workspace.replace(root, change.path, change.after, change.mode_after)


def _take_back(root: str, change: Change) -> str:
    """Restore a file as it was before; return where that is now which had to be set aside for it."""
    workspace.sweep(root, change.path)
    now = workspace.read(root, [change.path]).get(change.path)
    before, aside = change.before, ""
    if now is not None and now not in (change.before, change.after):
        before = _combined(change.path, change.after, now, change.before)
        if before is None:
            before, aside = change.before, _set_aside(root, change.path, now)
    if now != before:
        workspace.replace(root, change.path, before, change.mode)
    return aside


def _set_aside(root: str, path: str, content: bytes) -> str:
    """Keep what is to be overwritten, beside all that was set aside before; return where."""
    places = (f"{ASIDE}/{number}/{path}" for number in count(1))
    free = next(p for p in places if workspace.read(root, [p]).get(p, content) == content)
    workspace.replace(root, free, content, workspace.mode(root, path))
    return free


def _combined(path: str, base: bytes | None, now: bytes, new: bytes | None) -> bytes | None:
    """Return what was changed on both sides; None if the sides contradict each other."""
    if new is None or any(merge.is_binary(text) for text in (base or b"", now, new)):
        return None
    old = None if base is None else File(base, "")
    merged = threeway.merged(path, old, now, File(new, ""))
    return None if merged.conflicts else merged.content


def _mended(root: str, entry: Entry) -> Entry:
    """Take over what the owner has made of the conflicts, so that undo knows it.

    Raises:
        ConflictError: Both sides still stand in a file.
    """
    found = workspace.read(root, entry.conflicts)
    left = [path for path, content in found.items() if content and merge.has_conflict(content)]
    if left:
        raise ConflictError(
            f"Both sides still stand in {', '.join(left)}.",
            "Choose between the markers <<<<<<< and >>>>>>>, then again: scaffold continue",
        )
    changes = (
        c._replace(after=_without_conflicts(c.after, found.get(c.path)))
        if c.path in entry.conflicts
        else c
        for c in entry.changes
    )
    return entry._replace(changes=tuple(changes))


def _without_conflicts(marked: bytes | None, now: bytes | None) -> bytes | None:
    return now if marked is None or now is None else merge.mended(marked, now)
