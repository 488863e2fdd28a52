"""The workbench: a temporary folder with every program under test installed in it.

The wheel is built from a copy of the repository and installed with what it needs into one environment, the
competitors into another: same Python, same bytecode compilation. Nothing is written into the repository or the home.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import NamedTuple

from uv import find_uv_bin

ROOT = Path(__file__).resolve().parent.parent
CORE = ROOT / "{{cookiecutter.project_slug}}" / "{{cookiecutter.package}}" / "core"
SOURCE = (
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "cookiecutter.json",
    "hooks",
    "pyproject.toml",
    "scaffold_cli",
    "{{cookiecutter.project_slug}}",
)
COMPETITORS = ("cookiecutter==2.7.*", "copier>=9", "django>=5")
QUIET_LOAD = 1.0
MEMORY = Path("/dev/shm")


class Workbench(NamedTuple):
    """Where things are.

    Attributes:
        folder: The temporary folder; all the rest is in it.
        source: The repository's copy, which is a cookiecutter template.
        scaffold: The environment with the wheel.
        competitors: The environment with the others.
        environ: The environment variables to run everything with; HOME is in the folder.
    """

    folder: Path
    source: Path
    scaffold: Path
    competitors: Path
    environ: dict[str, str]

    def command(self, name: str) -> str:
        """Return the path of an installed command."""
        paths = (venv / "bin" / name for venv in (self.scaffold, self.competitors))
        return str(next(path for path in paths if path.exists()))

    def fresh_folder(self) -> Path:
        """Make an empty folder to work in; none is removed before the end, as that slows ext4 down."""
        return Path(mkdtemp(dir=self.folder))

    def version(self, distribution: str) -> str:
        """Return the version of an installed competitor."""
        code = f"from importlib.metadata import version; print(version({distribution!r}))"
        command = [str(self.competitors / "bin" / "python"), "-c", code]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@contextmanager
def workbench(parent: Path | None = None) -> Iterator[Workbench]:
    """Set up a workbench, and take it away at the end.

    Args:
        parent: Where its folder is to be, if not where temporary folders are.
    """
    warn_of_load()
    with TemporaryDirectory(prefix="benchmark-", dir=parent) as name:
        folder = Path(name).resolve()
        source = _copy_source(folder / "source")
        wheel = _build(source, folder / "dist")
        home = folder / "home"
        home.mkdir()
        yield Workbench(
            folder=folder,
            source=source,
            scaffold=_environment(folder / "scaffold", str(wheel)),
            competitors=_environment(folder / "competitors", *COMPETITORS),
            environ=_environ(home),
        )


def warn_of_load() -> str:
    """Say so if the machine is busy with something else, and return what was said."""
    load = os.getloadavg()[0]
    warning = f"The machine was busy with something else: load {load:.1f}." * (load > QUIET_LOAD)
    if warning:
        print(warning, file=sys.stderr)
    return warning


def pinned(*names: str) -> list[str]:
    """Return the requirements that projects get of some packages."""
    pins = (ROOT / "scaffold_cli" / "pins.txt").read_text("utf-8")
    return [found[0] for found in re.finditer(r"^(\w+)==[^ ;]+", pins, re.M) if found[1] in names]


def environment(folder: Path, packages: Sequence[str], files: Sequence[Path] = ()) -> Path:
    """Make the environment ``venv`` in a folder, and return its interpreter.

    Args:
        folder: The folder.
        packages: What to install.
        files: Requirements files of projects, installed first.
    """
    venv = _environment(folder / "venv", *(f"--requirements={file}" for file in files))
    python = venv / "bin" / "python"
    _uv("pip", "install", "--compile-bytecode", "--python", str(python), *packages)
    return python


def versions(python: Path, names: Sequence[str]) -> str:
    """Return packages' names and versions in an environment."""
    code = f"from importlib.metadata import version; print(*map(version, {tuple(names)!r}))"
    done = subprocess.run([python, "-c", code], stdout=subprocess.PIPE, text=True, check=True)
    found = zip(names, done.stdout.split(), strict=True)
    return ", ".join(f"{name.title()} {number}" for name, number in found)


def _copy_source(target: Path) -> Path:
    target.mkdir()
    for name in SOURCE:
        if (ROOT / name).is_dir():
            junk = shutil.ignore_patterns("__pycache__", ".*_cache")
            shutil.copytree(ROOT / name, target / name, ignore=junk)
        else:
            shutil.copy2(ROOT / name, target / name)
    return target


def _build(source: Path, target: Path) -> Path:
    _uv("build", "--wheel", "--out-dir", str(target), str(source))
    return next(target.glob("*.whl"))


def _environment(folder: Path, *requirements: str) -> Path:
    """Make an environment, its bytecode compiled as pip would (uv does it only when asked)."""
    _uv("venv", "--python", sys.executable, str(folder))
    if requirements:
        python = str(folder / "bin" / "python")
        _uv("pip", "install", "--compile-bytecode", "--python", python, *requirements)
    return folder


def _uv(*arguments: str) -> None:
    subprocess.run([find_uv_bin(), "--quiet", *arguments], check=True)


def _environ(home: Path) -> dict[str, str]:
    """Return this process's variables with another home, and a name for git's first commit."""
    foreign = ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "XDG_CACHE_HOME")
    kept = {key: value for key, value in os.environ.items() if key not in foreign}
    variables = [
        f"GIT_{who}_{what}" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    ]
    return {**kept, **dict.fromkeys(variables, "benchmark"), "HOME": str(home)}
