"""Scenes: one tool in one story, with a project in a repository, and all that was said.

Each tool is used as its documentation tells: the projects of all three are in git and committed before each change, as copier and
cruft want it; copier's template has tags; answers are changed by the options made for it.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import gettempdir
from typing import NamedTuple

import templates

ROOT = Path(__file__).resolve().parent.parent.parent
KILLER = Path(__file__).resolve().parent / "killer"
SOURCE = ("CHANGELOG.md", "cookiecutter.json", "scaffold_cli", "{{cookiecutter.project_slug}}")
TOOLS = {"copier": "copier==9.19.1", "cruft": "cruft==2.16.0"}
CONFIG = "[user]\nname = Ada\nemail = ada@example.com\n[init]\ndefaultBranch = main\n"
START: dict[str, bool | str] = {"caching": False, "deploy": "heroku", "mail": False}
Answers = Mapping[str, bool | str]
Environ = Mapping[str, str]
NOTHING: Environ = {}


class Said(NamedTuple):
    """One command, how it ended, and what it printed."""

    command: str
    exit: int
    output: str


class Bench(NamedTuple):
    """Where the tools are.

    Attributes:
        folder: A temporary folder; all the rest is in it.
        programs: Each tool's program.
    """

    folder: Path
    programs: Mapping[str, Path]

    @classmethod
    def of(cls, folder: Path, tools: Iterable[str]) -> "Bench":
        """Make three versions of scaffold, and install the other tools, each into an environment of its own."""
        for version in (1, 2, 3):
            write_scaffold(folder / f"scaffold-{version}", version)
        return cls(folder, {name: install(TOOLS[name], folder / name) for name in tools})

    def environ(self, home: Path) -> dict[str, str]:
        """Return the environment variables to run everything with."""
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "LC_ALL": "C.UTF-8",
            "COLUMNS": "100",
            "NO_COLOR": "1",
            "TERM": "dumb",
            "PYTHONDONTWRITEBYTECODE": "1",
        }


def write_scaffold(folder: Path, version: int) -> None:
    """Copy scaffold, and let its template be of another version: what is changed there is changed in the small template, too."""
    junk = shutil.ignore_patterns("__pycache__", ".*_cache")
    folder.mkdir()
    for name in SOURCE:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=junk)
        else:
            shutil.copy2(ROOT / name, folder / name)
    package = folder / "{{cookiecutter.project_slug}}/{{cookiecutter.package}}"
    for number in range(2, version + 1):
        for path, (old, new) in templates.CHANGES[number].items():
            inside = path.replace("shop/", "{{cookiecutter.package}}/")
            replace(package.parent / inside, old, new)
        if number == templates.RENAMED[0]:
            old, new = (path.removeprefix("shop/") for path in templates.RENAMED[1:])
            (package / old).rename(package / new)
            with (folder / "scaffold_cli/moves.toml").open("a", encoding="utf-8") as file:
                inside = "{{cookiecutter.package}}"
                file.write(f'\n[[moves]]\nversion = "{release(version)}"\n')
                file.write(f'from = "{inside}/{old}"\nto = "{inside}/{new}"\n')
    replace(folder / "scaffold_cli/__init__.py", f'"{release(1)}"', f'"{release(version)}"')


def release(version: int) -> str:
    """Return the version of scaffold that has the template in some version; the first is today's."""
    text = (ROOT / "scaffold_cli/__init__.py").read_text("utf-8")
    major, minor, patch = re.findall(r'__version__ = "(\d+)\.(\d+)\.(\d+)"', text)[0]
    return f"{major}.{int(minor) + version - 1}.{patch}"


def replace(path: Path, old: str, new: str) -> None:
    """Replace a text that stands in a file."""
    text = path.read_text("utf-8")
    assert old in text, f"{old!r} is not in {path}"
    path.write_text(text.replace(old, new), "utf-8")


def install(requirement: str, folder: Path) -> Path:
    """Install a tool from PyPI into an environment of its own, and return the program."""
    from uv import find_uv_bin

    uv = [find_uv_bin(), "--quiet"]
    subprocess.run([*uv, "venv", "--python", sys.executable, str(folder)], check=True)
    python = str(folder / "bin/python")
    subprocess.run([*uv, "pip", "install", "--python", python, requirement], check=True)
    return folder / "bin" / requirement.partition("==")[0]


class Scene:
    """A tool in a story.

    Args:
        bench: Where the tools are.
        folder: An empty folder, for this scene alone.

    Attributes:
        said: What was run before the audience, in order.
    """

    tool = ""
    records: tuple[
        str, ...
    ] = ()  # what the tool keeps in a project for itself, and what it ignores

    def __init__(self, bench: Bench, folder: Path) -> None:
        self.bench, self.folder, self.root = bench, folder, folder / "shop"
        self.said: list[Said] = []
        self.home = folder / "home"
        self.home.mkdir(parents=True)
        (self.home / ".gitconfig").write_text(CONFIG)
        self.version = 1

    # What each tool does in its own way.

    def program(self) -> list[str]:
        """Return the words that the tool is called with."""
        return [str(self.bench.programs[self.tool])]

    def publish(self, version: int) -> None:
        """Let there be a version of the template."""
        raise NotImplementedError

    def make(self, answers: Answers) -> Said:
        """Make the project."""
        raise NotImplementedError

    def choose(self, **answers: bool | str) -> Said:
        """Change answers, and nothing else."""
        raise NotImplementedError

    def update(self, environ: Environ = NOTHING) -> Said:
        """Bring the project to the newest version of the template."""
        raise NotImplementedError

    def finish(self) -> list[Said]:
        """Do what the tool offers to finish an interrupted update."""
        return [self.update()]

    def rejoin(self) -> Said | None:
        """Do what the tool offers after a merge of branches; None if that is nothing."""
        return None

    def check(self) -> Said:
        """Ask whether there is a newer version of the template."""
        raise NotImplementedError

    def difference(self) -> Said | None:
        """Ask what the owner has changed in what was generated; None if the tool can't say."""
        return None

    # What is alike.

    def begin(self, **answers: bool | str) -> None:
        """Make a project with the first version of the template, and commit it."""
        self.publish(1)
        self.make({**START, **answers})
        self.quietly("init", "--quiet")
        self.commit("Begin")
        self.said.clear()

    def release(self, *versions: int) -> None:
        """Let there be newer versions of the template."""
        for version in versions:
            self.publish(version)

    def run(self, *words: str, environ: Environ = NOTHING) -> Said:
        """Run the tool in the project, or where the project is to be."""
        folder = self.root if self.root.exists() else self.folder
        command = [*self.program(), *words]
        return self._run(command, " ".join([self.tool, *map(shown, words)]), folder, environ)

    def git(self, *words: str) -> Said:
        """Run git in the project."""
        return self._run(["git", *words], " ".join(["git", *map(shown, words)]), self.root, {})

    def _run(self, command: list[str], name: str, folder: Path, environ: Environ) -> Said:
        done = subprocess.run(
            command,
            cwd=folder,
            env={**self.bench.environ(self.home), **self.environ(), **environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
        )
        told = Said(self.plain(name), done.returncode, self.plain(done.stdout))
        self.said.append(told)
        return told

    def environ(self) -> dict[str, str]:
        """Return what the tool needs beside what all need."""
        return {}

    def plain(self, text: str) -> str:
        """Return a text without the places and colours of this run."""
        text = re.sub(r"\x1b\[[0-9;]*m", "", text)
        text = re.sub(re.escape(str(self.bench.folder)) + r"/[\w.-]+", "~", text)
        text = re.sub(re.escape(gettempdir()) + r"/[\w./-]+", "/tmp/…", text)
        text = re.sub(r"^ Date: .*\n", "", text, flags=re.MULTILINE)
        return re.sub(r"^\[main \w+\]", "[main …]", text, flags=re.MULTILINE)

    def commit(self, message: str) -> None:
        """Commit everything, without a word about it."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", message)
        del self.said[-2:]

    def quietly(self, *words: str) -> Said:
        """Run git without a word about it."""
        return self.quietly_in(self.root, *words)

    def quietly_in(self, folder: Path, *words: str) -> Said:
        """Run git in some folder, without a word about it."""
        self._run(["git", *words], "", folder, {})
        return self.said.pop()

    def read(self, path: str) -> str:
        """Return the text of a file; empty if it is not there."""
        file = self.root / path
        return file.read_text("utf-8") if file.is_file() else ""

    def edit(self, path: str, old: str, new: str) -> None:
        """Be the owner, and change a text that stands in a file."""
        replace(self.root / path, old, new)

    def append(self, path: str, text: str) -> None:
        """Be the owner, and write at the end of a file."""
        file = self.root / path
        file.write_text(file.read_text("utf-8") + text, "utf-8")

    def tree(self) -> dict[str, bytes]:
        """Return the project's files, but for what the tool keeps for itself."""
        listed = self.quietly("ls-files", "--cached", "--others", "--exclude-standard")
        paths = sorted({*listed.output.splitlines()})
        return {
            path: (self.root / path).read_bytes()
            for path in paths
            if not path.startswith(self.records) and (self.root / path).is_file()
        }

    def own(self) -> dict[str, bytes]:
        """Return the files that the tool keeps for itself in the project, and git with it."""
        listed = self.quietly("ls-files", "--cached", "--others", "--exclude-standard").output
        paths = [path for path in sorted({*listed.splitlines()}) if path.startswith(self.records)]
        return {path: (self.root / path).read_bytes() for path in paths}

    def holding(self, text: str) -> list[str]:
        """Return the files that a text stands in."""
        return [path for path, content in self.tree().items() if text.encode() in content]

    def copy(self, name: str) -> "Scene":
        """Return a scene with the same project, in a folder of its own."""
        other = type(self)(self.bench, self.folder.parent / f"{self.folder.name}-{name}")
        shutil.copytree(self.root, other.root, symlinks=True)
        other.version = self.version
        return other


def shown(word: str) -> str:
    """Return a word as a shell wants it."""
    return f"'{word}'" if " " in word or '"' in word else word


class Scaffold(Scene):
    """scaffold itself; its newer versions are copies with a changed template."""

    tool = "scaffold"
    records = (".scaffold/", ".env")

    def program(self) -> list[str]:
        """Return the words that this interpreter's scaffold is called with."""
        return [sys.executable, "-m", "scaffold_cli"]

    def environ(self) -> dict[str, str]:
        """Return what makes it the scaffold of some version."""
        return {"PYTHONPATH": str(self.bench.folder / f"scaffold-{self.version}")}

    def publish(self, version: int) -> None:
        """Install it, so to speak."""
        self.version = version

    def make(self, answers: Answers) -> Said:
        """Make the project with the answers' extensions."""
        chosen = [f"--with={name}" for name in ("caching", "mail") if answers[name]]
        return self.run(
            *(
                "new",
                "Shop",
                "--preset",
                "minimal",
                *chosen,
                "--set",
                f"deploy={answers['deploy']}",
            ),
            *("-y", "--no-git", "--no-install"),
        )

    def choose(self, **answers: bool | str) -> Said:
        """Add, remove, or set."""
        ((name, value),) = answers.items()
        if isinstance(value, bool):
            return self.run("add" if value else "remove", name)
        return self.run("set", f"{name}={value}")

    def update(self, environ: Environ = NOTHING) -> Said:
        """Update."""
        return self.run("update", environ=environ)

    def finish(self) -> list[Said]:
        """Continue; if nothing had begun yet, update."""
        return [self.run("continue"), self.run("update")]

    def rejoin(self) -> Said:
        """Continue."""
        return self.run("continue")

    def check(self) -> Said:
        """Show the status."""
        return self.run("status")

    def difference(self) -> Said:
        """Show the difference."""
        return self.run("diff")


class WithTemplate(Scene):
    """A tool whose template is a repository with a tag for each version."""

    def publish(self, version: int) -> None:
        """Commit a version of the template, and tag it."""
        folder = self.template
        if version == 1:
            folder.mkdir()
            self._git("init", "--quiet")
        for entry in folder.iterdir():
            if entry.name != ".git":
                shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
        self.write(folder, version)
        self._git("add", "--all")
        self._git("commit", "--quiet", "--message", f"Version {version}")
        self._git("tag", f"v{version}")

    @property
    def template(self) -> Path:
        """Where the template is."""
        return self.folder / "template"

    @property
    def address(self) -> str:
        """How others name it."""
        return f"file://{self.template}"

    def write(self, folder: Path, version: int) -> None:
        """Write a version of the template."""
        raise NotImplementedError

    def _git(self, *words: str) -> None:
        self._run(["git", *words], "", self.template, {})
        assert self.said.pop().exit == 0, words


class Copier(WithTemplate):
    """copier, with ``copier update``."""

    tool = "copier"
    records = (".copier-answers.yml",)

    def write(self, folder: Path, version: int) -> None:
        """Write a copier template."""
        templates.write_copier(folder, version)

    def make(self, answers: Answers) -> Said:
        """Copy the template."""
        data = [
            f"--data={name}={json.dumps(value).strip(chr(34))}" for name, value in answers.items()
        ]
        return self.run("copy", "--defaults", *data, f"git+{self.address}", "shop")

    def choose(self, **answers: bool | str) -> Said:
        """Update to the version that is there, with other answers."""
        data = [
            f"--data={name}={json.dumps(value).strip(chr(34))}" for name, value in answers.items()
        ]
        return self.run("update", "--defaults", "--vcs-ref=:current:", *data)

    def update(self, environ: Environ = NOTHING) -> Said:
        """Update."""
        return self.run("update", "--defaults", environ=environ)

    def rejoin(self) -> Said:
        """Copy anew, with the answers that git has merged; what is not the template's own is overwritten."""
        return self.run("recopy", "--defaults", "--overwrite", "--vcs-ref=:current:")

    def check(self) -> Said:
        """Check."""
        return self.run("check-update", "--quiet")


class Cruft(WithTemplate):
    """cruft, with ``cruft update``."""

    tool = "cruft"
    records = (".cruft.json",)

    def write(self, folder: Path, version: int) -> None:
        """Write a cookiecutter template."""
        templates.write_cookiecutter(folder, version)

    def make(self, answers: Answers) -> Said:
        """Create the project."""
        context = json.dumps(dict(answers))
        return self.run("create", self.address, "--no-input", "--extra-context", context)

    def choose(self, **answers: bool | str) -> Said:
        """Update with other variables."""
        context = json.dumps(answers)
        return self.run("update", "--skip-apply-ask", "--variables-to-update", context)

    def update(self, environ: Environ = NOTHING) -> Said:
        """Update."""
        return self.run("update", "--skip-apply-ask", environ=environ)

    def check(self) -> Said:
        """Check."""
        return self.run("check")

    def difference(self) -> Said:
        """Show the difference."""
        return self.run("diff")


PLAYERS: tuple[type[Scene], ...] = (Scaffold, Copier, Cruft)
