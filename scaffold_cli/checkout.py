"""What of a project git would push: read from its folder, and from git."""

import os
import re
from collections.abc import Iterable, Iterator

from .heroku.push import Push, Repository
from .repository import git
from .secret import FILE as DOTENV
from .state import Record

LARGEST = 4 * 1024**2  # bytes: no file that is to be read is longer
PASSED_OVER = frozenset([".git", ".venv", "venv", "node_modules", "__pycache__", "instance"])
_SECRET = re.compile(r"SECRET|PASSWORD|TOKEN|KEY")
_SHORTEST = 12  # characters: what is shorter is no secret, or stands elsewhere by chance


def push_of(project: str, record: Record) -> Push:
    """Return what would be pushed of a project, once all that git does not ignore is committed.

    Args:
        project: Its folder.
        record: What it knows of its making.
    """
    package = record.answers.package
    repository = _repository(project)
    paths = frozenset(_walk(project) if repository is None else _listed(project))
    made = [path for path in record.tree if os.path.isfile(os.path.join(project, path))]
    versions = [path for path in _walk(project) if path.startswith("migrations/versions/")]
    return Push(
        package=package,
        paths=paths,
        texts=dict(_texts(project, paths, package)),
        made=frozenset([*made, *versions]),
        repository=repository,
        leaks=tuple(_leaks(project)) if repository else (),
    )


def _repository(project: str) -> Repository | None:
    prefix = _git(project, "rev-parse", "--show-prefix")
    if prefix is None:
        return None
    return Repository(
        prefix=prefix.strip().rstrip("/"),
        branch=(_git(project, "branch", "--show-current") or "").strip(),
        committed=dict(_committed(project)),
        changed=tuple(_changed(project)),
        ignored=tuple(_names(project, "ls-files", "-o", "-i", "--exclude-standard", "--directory")),
    )


def _listed(project: str) -> Iterator[str]:
    """Yield what git has, and what it would take, as far as it stands in the folder."""
    for path in _names(project, "ls-files", "--cached", "--others", "--exclude-standard"):
        if os.path.lexists(os.path.join(project, path)):
            yield path


def _committed(project: str) -> Iterator[tuple[str, int]]:
    for line in _names(project, "ls-tree", "-r", "-l", "HEAD", "."):
        facts, _, path = line.partition("\t")
        size = facts.split()[-1]
        yield path, int(size) if size.isdigit() else 0


def _changed(project: str) -> Iterator[str]:
    """Yield what differs from the last commit."""
    yield from _names(project, "diff", "--name-only", "--relative", "HEAD")
    yield from _names(project, "ls-files", "--others", "--exclude-standard")


def _leaks(project: str) -> Iterator[str]:
    """Yield the committed files that hold a value of ``.env`` which is a secret."""
    values = [*_secrets(os.path.join(project, DOTENV))]
    if values:
        # By standard input: what stands in a command, others of the machine can read.
        found = _git(
            project, "grep", "-lzIF", "-f", "-", "HEAD", "--", ".", typed="\n".join(values)
        )
        yield from (
            path.removeprefix("HEAD:")
            for path in (found or "").split("\0")
            if path and not path.endswith(f":{DOTENV}")
        )


def _secrets(path: str) -> Iterator[str]:
    for line in _read(path).splitlines():
        name, _, value = line.partition("=")
        value = value.strip().strip("'\"")
        if _SECRET.search(name) and not name.startswith("#") and len(value) >= _SHORTEST:
            yield value


def _texts(project: str, paths: Iterable[str], package: str) -> Iterator[tuple[str, str]]:
    """Yield the text of the files at the root, and right in the package."""
    for path in paths:
        if path.rpartition("/")[0] in ("", package):
            yield path, _read(os.path.join(project, path))


def _read(path: str) -> str:
    try:
        if os.path.getsize(path) > LARGEST:
            return ""
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""


def _walk(project: str) -> Iterator[str]:
    """Yield the paths of all files, but for what no repository should hold."""
    for folder, folders, names in os.walk(project):
        folders[:] = [name for name in folders if name not in PASSED_OVER]
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), project).replace(os.sep, "/")
            if path != DOTENV:
                yield path


def _names(project: str, *arguments: str) -> list[str]:
    """Run a command of git that lists, and return its lines; none where it fails."""
    found = _git(project, *arguments[:1], "-z", *arguments[1:]) or ""
    return [name for name in found.split("\0") if name]


def _git(project: str, *arguments: str, typed: str = "") -> str | None:
    """Run git and return what it prints; None where it fails, or is not there."""
    try:
        done = git(project, *arguments, typed=typed)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None
