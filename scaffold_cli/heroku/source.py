"""What git would push: that there is a commit, with all that is needed in it, and no secret."""

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase

from ..doctor import Finding, some
from .push import Push, Repository

BRANCHES = ("main", "master")  # what Heroku builds
_COMMIT = 'git add -A, git commit -m "What changed"'
_EXAMPLES = (".example", ".sample", ".template", ".dist")
_KEYS = ("*.pem", "*.key", "*.p12", "id_rsa", "id_ed25519")
_DATA = ("*.db", "*.sqlite", "*.sqlite3")
_ANEW = "git rm --cached {}, git commit; and make the secret anew, as history keeps it"


def committed(push: Push) -> Iterator[Finding]:
    """Tell whether the last commit is what one sees."""
    repository = push.repository
    if repository is None:
        message = "there is no repository, and Heroku is pushed to by git"
        yield Finding("fail", "git", message, f"git init -b main, {_COMMIT}")
        return
    if repository.prefix:
        message = f"the repository begins above: for Heroku the project is in {repository.prefix}"
        mend = f"git subtree push --prefix {repository.prefix} heroku main"
        yield Finding("fail", "git", message, mend)
    if not repository.committed:
        yield Finding("fail", "git", "nothing is committed yet", _COMMIT)
        return
    problems = [*_ignored(push, repository), *_changed(push, repository)]
    yield from problems
    if not problems:
        yield Finding("ok", "git", f"all is committed: {len(repository.committed)} files")
    if repository.branch not in BRANCHES:
        mend = f"git push heroku {repository.branch or 'HEAD'}:main"
        message = f"Heroku builds main, and this is {repository.branch or 'no branch'}"
        yield Finding("warn", "git", message, mend)


def _ignored(push: Push, repository: Repository) -> Iterator[Finding]:
    lost = [path for path in push.made if push.runs(path) and _is_in(path, repository.ignored)]
    if lost:
        mend = f"git check-ignore -v {sorted(lost)[0]} names the line to take out of .gitignore"
        yield Finding("fail", "git", f"ignored, and needed: {some(sorted(lost))}", mend)


def _is_in(path: str, names: tuple[str, ...]) -> bool:
    """Tell whether a path is among some, or in a folder among them."""
    return any(path == name or (name.endswith("/") and path.startswith(name)) for name in names)


def _changed(push: Push, repository: Repository) -> Iterator[Finding]:
    needed = [path for path in repository.changed if push.runs(path)]
    others = [path for path in repository.changed if path not in needed]
    if needed:
        yield Finding("fail", "git", f"not committed: {some(sorted(needed))}", _COMMIT)
    if others:
        yield Finding("warn", "git", f"not committed: {some(sorted(others))}", _COMMIT)


def secrets(push: Push) -> Iterator[Finding]:
    """Tell of secrets, and of data, that would be pushed."""
    before = push.repository.committed if push.repository else {}
    paths = sorted(before.keys() | push.paths)
    found = [*_dotenv(paths), *_leaks(push), *_keys(paths), *_data(paths)]
    yield from found
    if not found:
        yield Finding("ok", "secrets", "none is committed")


def _dotenv(paths: list[str]) -> Iterator[Finding]:
    for path in paths:
        name = path.rpartition("/")[2]
        if re.match(r"\.env(\.|$)", name) and not name.endswith(_EXAMPLES):
            yield Finding("fail", "secrets", f"{path} would be pushed", _ANEW.format(path))


def _leaks(push: Push) -> Iterator[Finding]:
    for path in push.leaks:
        mend = "Read it from the environment; and make it anew, as history keeps it"
        yield Finding("fail", "secrets", f"{path} holds a secret of .env", mend)


def _keys(paths: list[str]) -> Iterator[Finding]:
    for path in paths:
        if any(fnmatchcase(path.rpartition("/")[2], pattern) for pattern in _KEYS):
            mend = _ANEW.format(path)
            yield Finding("warn", "secrets", f"{path} looks like a private key", mend)


def _data(paths: list[str]) -> Iterator[Finding]:
    for path in paths:
        name = path.rpartition("/")[2]
        if path.startswith("instance/") or any(fnmatchcase(name, p) for p in _DATA):
            mend = f"git rm --cached {path}, and name it in .gitignore"
            yield Finding("warn", "secrets", f"{path} is data, and would be pushed", mend)
