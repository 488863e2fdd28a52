"""The laws of a project's life, over random selections, orders of commands, and edits of its owner.

L1  any order of adds comes to what is created with all of them, byte for byte
L2  adding, then removing, is the identity
L3  a change to the same answers is an empty plan
L4  no line of the owner's is lost outside of a reported conflict
L5  a change, then undo, is the identity
L6  a dry run writes nothing
L7  nothing is overwritten without a known base
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from functools import cache

from conftest import costly
from hypothesis import given, note, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from life import CATALOG, Shop, Stand, answers_of, shop
from owner import Owner, marks

from scaffold_cli import history, merge, state
from scaffold_cli.answers import Answers
from scaffold_cli.errors import CatalogError
from scaffold_cli.plan import change
from scaffold_cli.project import Project, planned
from scaffold_cli.render import render
from scaffold_cli.tree import File

IDS = [extension.id for extension in CATALOG]
ANSWERS = [
    *("deploy=anywhere", "deploy=heroku", "deploy=uwsgi", "deploy=none"),
    *("python_version=3.12", "project_name=My Bazaar", "blueprints=orders", "blueprints="),
]
ASIDE = ".scaffold/set-aside/"


def accepted(asked: Answers) -> bool:
    try:
        CATALOG.resolve(asked.asked())
    except CatalogError:
        return False
    return True


def own(paths: Iterable[str]) -> list[str]:
    """Return those paths that are the project's, and not of the record of its making."""
    return sorted(path for path in paths if not path.startswith(".scaffold/"))


def differing(one: Mapping[str, Stand], other: Mapping[str, Stand]) -> list[str]:
    return [path for path in sorted({*one, *other}) if one.get(path) != other.get(path)]


# Any order of adds


@st.composite
def selections(draw: st.DrawFn) -> list[str]:
    """Draw extensions that can stand together, in any order."""
    chosen: list[str] = []
    for name in draw(st.lists(st.sampled_from(IDS), max_size=8, unique=True)):
        if accepted(answers_of(" ".join([*chosen, name]))):
            chosen.append(name)
    return chosen


@costly
@given(selections(), st.data())
def test_any_order_of_adds_is_the_same_as_choosing_at_once(
    chosen: list[str], data: st.DataObject
) -> None:
    with shop(answers_of()) as life, shop(answers_of(" ".join(chosen))) as at_once:
        rest = list(chosen)
        while rest:
            size = data.draw(st.integers(1, len(rest)))
            assert life.attempt("add", *rest[:size]).exit_code == 0
            rest = rest[size:]

        assert life.stand() == at_once.stand()


@costly
@given(selections(), selections(), st.data())
def test_adding_and_removing_again_is_the_identity(
    there: list[str], more: list[str], data: st.DataObject
) -> None:
    with shop(answers_of(" ".join(there))) as life:
        before = life.stand()
        chosen = {
            extension.id for extension in CATALOG.resolve(answers_of(" ".join(there)).asked())
        }
        added = [name for name in more if name not in chosen]
        if not added or life.attempt("add", *added).exit_code:
            return
        group: list[str] = []
        for name in data.draw(st.permutations(added), label="remove"):
            group.append(name)  # one that another needs goes together with it
            if life.attempt("remove", *group).exit_code == 0:
                group = []

        assert not group
        assert not differing(life.stand(), before)


@costly
@given(selections(), selections())
def test_an_untouched_project_becomes_any_other_without_a_conflict(
    there: list[str], others: list[str]
) -> None:
    base, theirs = (render(answers_of(" ".join(ids)), CATALOG) for ids in (there, others))
    ours = {path: file.content for path, file in base.items()}

    for step in change(base, ours, theirs).steps:
        assert step.status in ("create", "update", "remove")
        ours[step.path] = step.after or b""

    assert {path for path in ours if path in theirs} == {*theirs}
    assert all(ours[path] == file.content for path, file in theirs.items())


@costly
@given(selections(), st.data())
def test_an_untouched_project_of_another_template_is_updated_without_a_conflict(
    chosen: list[str], data: st.DataObject
) -> None:
    answers = answers_of(" ".join(chosen))
    then = {**render(answers, CATALOG), "shop/old.py": File(b"OLD = 1\n", "base")}
    changed = data.draw(st.lists(st.sampled_from(sorted(then)), unique=True), label="changed")
    for path in changed:
        lines = then[path].content.splitlines(keepends=True)
        place = data.draw(st.integers(0, len(lines)), label="line")
        new = data.draw(st.sampled_from([[], [b"old\n"]]), label="instead")
        then[path] = then[path]._replace(
            content=b"".join([*lines[:place], *new, *lines[place + 2 :]])
        )
    for path in data.draw(st.lists(st.sampled_from(sorted(then)), unique=True), label="missing"):
        del then[path]

    with shop(answers, then) as life, shop(answers) as born:
        assert life.attempt("update").exit_code == 0
        assert life.stand() == born.stand()


# A whole life


@cache
def all_paths() -> list[str]:
    """Return paths that extensions bring, so that an owner may come before them."""
    return sorted({path for name in IDS for path in render(answers_of(name), CATALOG)})


class Lives(RuleBasedStateMachine):
    """A project's life: commands and edits in any order; each command is held against the laws."""

    life: Shop

    def __init__(self) -> None:
        super().__init__()
        self.ending = ExitStack()
        self.owner = Owner()
        self.before_conflict: Mapping[str, Stand] | None = None  # until somebody writes meanwhile
        self.shown: set[bytes] = set()  # lines that stand there as the other side of a conflict

    @initialize(chosen=selections())
    def make(self, chosen: list[str]) -> None:
        self.life = self.ending.enter_context(shop(answers_of(" ".join(chosen))))

    def teardown(self) -> None:
        self.ending.close()

    # What the owner does

    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        self.edit_one_of(own(self.life.paths()), data)

    @rule(data=st.data(), deed=st.sampled_from(["delete", "rename", "make executable", "write"]))
    def handle(self, data: st.DataObject, deed: str) -> None:
        self.before_conflict = None
        paths = all_paths() if deed == "write" else own(self.life.paths())
        path = self.life.root / data.draw(st.sampled_from(paths), label="file")
        if deed == "delete":
            path.unlink()
        elif deed == "rename":
            path.rename(path.with_name(f"my_{path.name}"))
        elif deed == "make executable":
            path.chmod(0o755)
        elif not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"\n".join([*self.owner.lines(3), b""]))

    def edit_one_of(self, paths: list[str], data: st.DataObject) -> None:
        self.before_conflict = None
        path = data.draw(st.sampled_from(paths), label="file")
        content, mode = self.life.at(path)
        for _ in range(data.draw(st.integers(1, 4), label="edits")):
            content = self.owner.edit(data.draw, content)
        self.life.put(path, Stand(content, mode))

    # What scaffold does

    @rule(data=st.data(), edits=st.integers(0, 3), back=st.booleans())
    def change(self, data: st.DataObject, edits: int, back: bool) -> None:
        """Run a command, mostly after its owner has edited what it is about to change."""
        words = data.draw(st.one_of(self.commands()), label="command")
        affected = self.affected(words)
        for _ in range(edits if affected else 0):
            self.edit_one_of(affected, data)
        self.run(back, *words)

    def commands(self) -> list[st.SearchStrategy[list[str]]]:
        there = state.read(str(self.life.root)).answers.extensions
        others = sorted({*IDS} - {*there})
        lists = [("add", others), ("add", others), ("remove", there), ("remove", there)]
        return [
            *(
                st.lists(st.sampled_from(ids), min_size=1, max_size=2).map(
                    lambda names, verb=verb: [verb, *names]  # type: ignore[misc]
                )
                for verb, ids in lists
                if ids
            ),
            st.sampled_from([["set", answer] for answer in ANSWERS]),
            st.just(["update"]),
        ]

    def affected(self, words: list[str]) -> list[str]:
        """Return the files that a command would change."""
        done = self.life.attempt(*words, "--dry-run", "--json")
        if done.exit_code:
            return []
        there = {*self.life.paths()}
        return [s["path"] for s in json.loads(done.stdout)["steps"] if s["path"] in there]

    @precondition(lambda self: history.entries(str(self.life.root)))
    @rule(data=st.data(), edits=st.integers(0, 2))
    def undo(self, data: st.DataObject, edits: int) -> None:
        affected = self.affected(["undo"])
        for _ in range(edits if affected else 0):
            self.edit_one_of(affected, data)
        self.run(False, "undo")

    @precondition(lambda self: self.waits)
    @rule(data=st.data())
    def mend(self, data: st.DataObject) -> None:
        entry = history.unfinished(str(self.life.root))
        assert entry
        for path, stand in self.life.stand().items():
            if path in entry.conflicts and merge.has_conflict(stand.content):
                keep = data.draw(st.sampled_from(["both", "yours", "scaffold's"]), label=path)
                self.life.put(path, Stand(mended(stand.content, keep), stand.mode))
        before = self.life.stand()
        done = self.life.attempt("continue")
        assert done.exit_code == 0, done.output
        assert not own(differing(self.life.stand(), before))
        self.check_record()

    @precondition(lambda self: self.waits)
    @rule()
    def abort(self) -> None:
        before = self.life.stand()
        assert self.life.attempt("abort").exit_code == 0
        assert not self.waits
        self.check_marks(before, self.shown)
        if self.before_conflict is not None:
            assert not differing(self.life.stand(), self.before_conflict)

    @property
    def waits(self) -> bool:
        return hasattr(self, "life") and history.unfinished(str(self.life.root)) is not None

    def run(self, back: bool, *words: str) -> None:
        """Run a command and hold what it did against the laws."""
        before, times = self.life.stand(), self.life.times()
        base = state.read(str(self.life.root)).tree
        waited = self.waits
        shown = self.life.attempt(*words, "--dry-run")
        assert self.life.times() == times  # L6
        done = self.life.attempt(*words)
        after = self.life.stand()
        note(f"{' '.join(words)}: {done.exit_code} {done.stderr}")
        assert "nothing to undo" in done.output.lower() or shown.exit_code in (0, done.exit_code)
        self.check_marks(before)
        if waited or done.exit_code in (1, 2):
            assert not differing(after, before)
            return
        entry = history.unfinished(str(self.life.root))
        known = {*base, *state.read(str(self.life.root)).tree, *(entry.conflicts if entry else ())}
        self.check_foreign(before, after, known)
        if done.exit_code == 3:
            self.before_conflict = before
            self.shown = all_marks(after) - all_marks(before)
            assert self.waits
            assert state.read(str(self.life.root)).tree == base
            return
        self.check_record()
        if back and "Nothing to do" not in done.output:
            undone = self.life.attempt("undo")
            assert undone.exit_code == 0, undone.output
            assert not differing(self.life.stand(), before)  # L5

    def check_marks(self, before: Mapping[str, Stand], shown: Iterable[bytes] = ()) -> None:
        """L4: what the owner wrote is in its file, or has been set aside."""
        after = self.life.stand()
        aside = all_marks({path: s for path, s in after.items() if path.startswith(ASIDE)})
        for path, stand in before.items():
            here = marks(after[path].content) if path in after else set()
            assert marks(stand.content) <= here | aside | {*shown}, path

    def check_foreign(
        self, before: Mapping[str, Stand], after: Mapping[str, Stand], known: set[str]
    ) -> None:
        """L7: what scaffold never made, and doesn't make now, is as it was."""
        changed = own(differing(before, after))
        assert {path for path in changed if path in before and before[path].content} <= known

    def check_record(self) -> None:
        """L3: the record says what was made, and there is nothing more to be done."""
        root = str(self.life.root)
        record = state.read(root)
        assert record.tree == {
            path: file._replace(tags=()) for path, file in render(record.answers, CATALOG).items()
        }
        assert planned(Project(root, record, CATALOG), record.answers, "").is_empty


def all_marks(stands: Mapping[str, Stand]) -> set[bytes]:
    return {mark for stand in stands.values() for mark in marks(stand.content)}


def mended(content: bytes, keep: str) -> bytes:
    """Choose between both sides of each conflict, or take both."""
    lines, side = [], ""
    for line in content.split(b"\n"):
        word = line.rstrip(b"\r")
        if word == merge.START:
            side = "yours"
        elif word == merge.MIDDLE and side:
            side = "scaffold's"
        elif word == merge.END:
            side = ""
        elif not side or keep in ("both", side):
            lines.append(line)
    return b"\n".join(lines)


TestLives = Lives.TestCase
TestLives.settings = settings(
    max_examples=settings.default.max_examples // 5, stateful_step_count=20
)
