"""Killed at any write, or out of disk at any: the project is as before, or as after, or can be brought to either."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from breaking import NEEDS_ROOM, be_full, broken
from life import Shop, Stand, answers_of, shop
from projects import clean_environment

UNIT = "systemd/shop.service"


def added(life: Shop) -> None:
    """Add an extension."""
    life.run("add", "systemd")


def with_another(life: Shop) -> None:
    """Have the owner write a file that the extension brings, too."""
    life.write(UNIT, "[Unit]\nDescription=mine\n")


def waiting(life: Shop) -> None:
    """Have a conflict wait for its owner."""
    with_another(life)
    assert life.attempt("add", "systemd").exit_code == 3


def mended(life: Shop) -> None:
    """Have a conflict mended, but not continued."""
    waiting(life)
    life.write(UNIT, "[Unit]\nDescription=both\n")


def nothing(life: Shop) -> None:
    """Leave the project as it is."""


class Story(NamedTuple):
    """A command that is interrupted, and what has been before it."""

    words: tuple[str, ...]
    before: Callable[[Shop], None] = nothing

    def __str__(self) -> str:
        return f"{' '.join(self.words)} {self.before.__name__}"


STORIES = (
    Story(("add", "systemd", "-y")),
    Story(("add", "systemd", "-y"), with_another),
    Story(("remove", "systemd", "-y"), added),
    Story(("undo", "-y"), added),
    Story(("continue",), mended),
    Story(("abort",), waiting),
    Story(("abort",), mended),
)


class Told(NamedTuple):
    """All that is in a project's folder, and what ``scaffold status`` says about it."""

    folders: frozenset[str]
    files: dict[str, Stand]
    status: dict[str, object]

    @classmethod
    def of(cls, life: Shop) -> "Told":
        done = life.run("status", "--json")
        folders = {
            path.relative_to(life.root).as_posix() for path in life.root.rglob("*") if path.is_dir()
        }
        files = {
            path.relative_to(life.root).as_posix(): Stand(path.read_bytes(), path.stat().st_mode)
            for path in life.root.rglob("*")
            if path.is_file() and path.name != "lock"
        }
        return cls(frozenset(folders), files, json.loads(done.stdout))

    def differs(self, other: "Told") -> list[str]:
        paths = {*self.files, *other.files}
        return [
            *(path for path in sorted(paths) if self.files.get(path) != other.files.get(path)),
            *sorted(self.folders ^ other.folders),
        ]


class Copies:
    """A project, copied for each command that is run in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.number = 0

    def of(self, root: Path) -> Shop:
        self.number += 1
        life = Shop(self.folder / f"copy-{self.number}")
        shutil.copytree(root, life.root, symlinks=True)
        return life

    def after(self, root: Path, *commands: tuple[str, ...]) -> Told:
        """Return what commands make of a copy."""
        life = self.of(root)
        told = made_by(life, *commands)
        shutil.rmtree(life.root)
        return told


def made_by(life: Shop, *commands: tuple[str, ...]) -> Told:
    """Return what commands make of a project."""
    for words in commands:
        done = life.attempt(*words)
        assert done.exit_code in (0, 3), done.output
    return Told.of(life)


@pytest.fixture
def copies() -> Iterator[Copies]:
    """Make a small project whose owner has written something, in memory where that is possible."""
    with shop(answers_of(deploy="none")) as life:
        life.write("README.md", life.read("README.md") + "\nMine.\n")
        life.write("shop/mine.py", "MINE = 1\n")
        (life.root / ".scaffold/history").mkdir()
        yield Copies(life.root.parent)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no fork")
@pytest.mark.parametrize("story", STORIES, ids=str)
def test_killed_at_any_write_a_change_is_finished_or_given_up(copies: Copies, story: Story) -> None:
    life = started(copies, story)
    here = Path(__file__).with_name("breaking.py")
    environment = clean_environment(PYTHONPATH=os.pathsep.join(sys.path))
    subprocess.run(
        [sys.executable, str(here), str(life.root), *story.words],
        env=environment,
        check=True,
        capture_output=True,
    )
    killed = [Shop(root) for root in life.root.parent.glob(f"{life.root.name}-*")]

    assert len(killed) > 10
    check(copies, story, life.root, killed)


@pytest.mark.parametrize("story", STORIES, ids=str)
def test_out_of_disk_at_any_write_a_change_is_finished_or_given_up(
    copies: Copies, story: Story
) -> None:
    life = started(copies, story)
    failed = []
    code = 1
    while code == 1:
        copy = copies.of(life.root)
        failed.append(copy)
        with broken(len(failed), be_full, NEEDS_ROOM):
            done = copy.attempt(*story.words)
        code = done.exit_code
        if code == 1:
            error, hint = done.stderr.splitlines()
            assert "No space left on device" in error
            assert "Make room" in hint

    assert len(failed) > 5
    check(copies, story, life.root, failed)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Mount a disk of 4 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(command, capture_output=True).returncode:
        pytest.skip("nobody but root of a whole system may mount a disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_on_a_disk_that_is_really_full_a_change_is_finished_later(
    copies: Copies, small_disk: Path
) -> None:
    words = ("add", "systemd", "-y")
    start = copies.of(copies.folder / "shop")
    after = copies.after(start.root, words)
    codes = set()
    for pages in range(24):
        life = Shop(small_disk / "shop")
        shutil.copytree(start.root, life.root)
        with (small_disk / "filler").open("wb") as filler:
            room = os.statvfs(small_disk)
            filler.write(b"x" * (room.f_bavail - pages) * room.f_bsize)
        codes.add(life.attempt(*words).exit_code)
        (small_disk / "filler").unlink()
        is_begun = made_by(life).status["unfinished"]
        told = made_by(life, CONTINUE if is_begun else words)
        assert not told.differs(after)
        shutil.rmtree(life.root)
    assert codes == {0, 1}


def started(copies: Copies, story: Story) -> Shop:
    """Return the project as it is when a story's command begins."""
    life = copies.of(copies.folder / "shop")
    story.before(life)
    return life


CONTINUE, ABORT = ("continue",), ("abort",)


def check(copies: Copies, story: Story, start: Path, broken: list[Shop]) -> None:
    """Hold what is left of interrupted commands against what comes of them when they aren't."""
    before, after = copies.after(start), copies.after(start, story.words)
    given_up, finished = copies.after(start, ABORT), copies.after(start, CONTINUE)
    ends = set()
    for life in broken:
        told, then = made_by(life), copies.after(life.root, CONTINUE)
        ends.add(bool(told.status["unfinished"]))
        if not told.status["unfinished"]:
            assert told.status in (before.status, after.status)
            assert then in (before, after), then.differs(after)
            assert not made_by(life, ABORT).differs(then)
            continue
        if story.words != ABORT:
            assert not then.differs(after)
        elif then.status["unfinished"]:  # the conflict is back: abort ends as it would have
            assert not copies.after(life.root, CONTINUE, ABORT).differs(given_up)
        else:
            assert not then.differs(finished)
        assert told.status["files"] == before.status["files"]
        assert not made_by(life, ABORT).differs(given_up)
    assert ends == {True, False}
