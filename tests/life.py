"""A project in the tests of its life: changed by commands, in process, and by its owner between them."""

import os
import re
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import NamedTuple

from click.testing import CliRunner, Result

from scaffold_cli import state, workspace
from scaffold_cli.answers import Answers, complete
from scaffold_cli.catalog import Catalog
from scaffold_cli.cli import scaffold
from scaffold_cli.render import render
from scaffold_cli.tree import Tree

CATALOG = Catalog()
MEMORY = "/dev/shm" if os.path.isdir("/dev/shm") else None  # much faster, where there is one
HISTORY = ".scaffold/history"


class Stand(NamedTuple):
    """What stands at a path: a file, or a link, which has no permissions."""

    content: bytes
    mode: int


class Life:
    """A project in a folder, and what its owner does with it."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def run(self, *words: str) -> Result:
        """Run a command that has to succeed."""
        done = self.attempt(*words)
        assert done.exit_code == 0, done.output
        return done

    def attempt(self, *words: str) -> Result:
        return CliRunner().invoke(scaffold, words)

    def read(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def write(self, path: str, text: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, "utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        text = self.read(path)
        assert text.count(old) == 1, text
        self.write(path, text.replace(old, new))

    def files(self, *, own: bool = True) -> dict[str, bytes]:
        """Return all files but the history; with or without the record."""
        return {
            path: (self.root / path).read_bytes()
            for path in self.paths()
            if own or not path.startswith(".scaffold/")
        }

    def paths(self, below: str = "") -> Iterator[str]:
        """Yield the paths of all files and links, but the history's."""
        for entry in os.scandir(f"{self.root}/{below}"):
            path = f"{below}{entry.name}"
            if not entry.is_dir(follow_symlinks=False):
                yield path
            elif path != HISTORY:
                yield from self.paths(f"{path}/")

    def at(self, path: str) -> Stand:
        """Return what stands at a path."""
        full = f"{self.root}/{path}"
        mode = os.lstat(full).st_mode
        if stat.S_ISLNK(mode):
            return Stand(os.readlink(full).encode(), 0)
        with open(full, "rb") as file:
            return Stand(file.read(), stat.S_IMODE(mode))

    def stand(self) -> dict[str, Stand]:
        """Return what stands in the project, but for the history."""
        return {path: self.at(path) for path in self.paths()}

    def put(self, path: str, stand: Stand) -> None:
        """Write a file, with its permissions."""
        full = self.root / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_bytes(stand.content)
        full.chmod(stand.mode)

    def times(self) -> dict[str, int]:
        """Return when each file and folder was written last; the history's, too."""
        return {str(path): path.lstat().st_mtime_ns for path in self.root.rglob("*")}


class Shop(Life):
    """A project whose commands are run in its folder, wherever the tests are; none of them may fail with a traceback."""

    def attempt(self, *words: str) -> Result:
        with chdir(self.root):
            done = super().attempt(*words)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        assert done.exit_code in (0, 1, 2, 3), done.output
        return done


def answers_of(extensions: str = "", **others: str) -> Answers:
    """Return the answers for a project named Shop."""
    return complete({"project_name": "Shop", "extensions": extensions, **others})


@contextmanager
def shop(answers: Answers, tree: Tree | None = None) -> Iterator[Shop]:
    """Make a project as ``scaffold new`` does, in memory and in a fraction of the time; perhaps of another template."""
    folder = Path(tempfile.mkdtemp(dir=MEMORY))
    tree = render(answers, CATALOG) if tree is None else tree
    files = {path: file.content for path, file in tree.items()}
    workspace.create(str(folder / "shop"), {**files, **state.record(answers, tree)})
    try:
        yield Shop(folder / "shop")
    finally:
        shutil.rmtree(folder)


def told(output: str) -> dict[str, str]:
    """Return the status of each path of a plan that was printed as a tree."""
    statuses, folders = {}, list[str]()
    for word, indentation, name in re.findall(
        r"^ {0,8}(\w*)  ((?:  )*)(\S+)", output, re.MULTILINE
    ):
        depth = len(indentation) // 2
        if word:
            statuses["".join([*folders[:depth], name])] = word
        else:
            folders[depth:] = [name]
    return statuses
