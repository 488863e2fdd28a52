"""What Heroku's buildpack for Python asks: that it is detected, one package manager, a Python that it has."""

import re
from collections.abc import Iterator

from ..doctor import Finding, some
from .push import PYTHON_VERSION as VERSION
from .push import REQUIREMENTS, Push, name_in

RUNTIME = "runtime.txt"

# The file that makes the buildpack take a package manager. It takes exactly one of them.
MANAGERS = {
    REQUIREMENTS: "pip",
    "Pipfile": "Pipenv",
    "Pipfile.lock": "Pipenv",
    "poetry.lock": "Poetry",
    "uv.lock": "uv",
}

# Buildpacks that Heroku asks before Python's, and what they go by.
EARLIER = {"Gemfile": "Ruby", "package.json": "Node.js"}

# Release series of Python 3, as documented in 2026: a series goes with its end of life upstream.
OLDEST, NEWEST = 11, 14
ENDING = 10  # its end of life was in October 2026

_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)(\.(0|[1-9]\d*))?")
_PIN_ANEW = "Pin it anew, as the comment in requirements.txt says"
_REFUSED = ("-e", "--editable", "git+", "http://", "https://", ".", "/")


def detected(push: Push) -> Iterator[Finding]:
    """Tell whether another buildpack would be found first."""
    for path in sorted(EARLIER.keys() & push.paths):
        message = f"{path} has Heroku take the project for one of {EARLIER[path]}"
        yield Finding("warn", "buildpack", message, "heroku buildpacks:set heroku/python")


def package_manager(push: Push) -> Iterator[Finding]:
    """Tell whether there is exactly one package manager's file, and that of the pins."""
    found = sorted(MANAGERS.keys() & push.paths)
    if not found:
        mend = "Take requirements.txt back: cp .scaffold/base/requirements.txt ."
        yield Finding("fail", "package manager", "there is no requirements.txt", mend)
    elif len({MANAGERS[path] for path in found}) > 1:
        message = f"several have their file here: {', '.join(found)}; Heroku takes just one"
        others = [path for path in found if path != REQUIREMENTS] or found[1:]
        yield Finding("fail", "package manager", message, f"git rm {' '.join(others)}")
    else:
        message = f"{MANAGERS[found[0]]}, by {found[0]}"
        yield Finding("ok", "package manager", message)


def python_version(push: Push) -> Iterator[Finding]:
    """Tell whether the Python is written as the buildpack reads it, and of a series that it has."""
    if RUNTIME in push.paths:
        mend = f"git rm {RUNTIME}; write the version alone into {VERSION}"
        yield Finding("warn", "python", f"{RUNTIME} is deprecated, and wins over {VERSION}", mend)
    if VERSION not in push.paths:
        mend = f"echo 3.{NEWEST} > {VERSION}"
        message = f"there is no {VERSION}: Heroku takes what is its default then"
        yield Finding("warn", "python", message, mend)
        return
    lines = [line.strip() for line in push.texts.get(VERSION, "").splitlines()]
    versions = [line for line in lines if line and not line.startswith("#")]
    if len(versions) != 1:
        message = f"{VERSION} holds {len(versions)} versions"
        yield Finding("fail", "python", message, f"Leave one line in it: 3.{NEWEST}")
    elif match := _VERSION.fullmatch(versions[0]):
        yield _series(int(match[1]), int(match[2]), versions[0], exact=bool(match[3]))
    else:
        message = f"{VERSION} says {versions[0]!r}, and Heroku reads 3.{NEWEST} or 3.{NEWEST}.1"
        mend = "Write the number alone: no prefix, no quotes, no range, no variant"
        yield Finding("fail", "python", message, mend)


def _series(major: int, minor: int, version: str, *, exact: bool) -> Finding:
    """Judge a version by its release series."""
    mend = f"scaffold set python_version=3.{NEWEST}"
    if major < 3 or (major == 3 and minor < ENDING):
        return Finding("fail", "python", f"{version} has reached its end: Heroku refuses it", mend)
    if major > 3 or minor > NEWEST:
        message = f"{version} is newer than what is known here to be on Heroku, 3.{NEWEST}"
        return Finding(
            "warn", "python", message, "See devcenter.heroku.com/articles/python-support"
        )
    if minor < OLDEST:
        return Finding("warn", "python", f"{version} is about to be refused by Heroku", mend)
    if exact:
        message = f"{version} is one patch release, which gets no security updates"
        return Finding("warn", "python", message, f"echo {major}.{minor} > {VERSION}")
    return Finding("ok", "python", f"{version}, by {VERSION}")


def requirements(push: Push) -> Iterator[Finding]:
    """Tell whether pip would take ``requirements.txt``: with hashes for all packages, or for none."""
    if REQUIREMENTS not in push.paths:
        return
    yield from _included(push)
    lines = [line for line in push.requirements if not line.startswith(("-r", "-c", "--"))]
    hashed = [line for line in lines if "--hash=" in line]
    bare = [name_in(line) for line in lines if line not in hashed]
    if not lines:
        yield Finding("fail", "requirements", "requirements.txt names no package", _PIN_ANEW)
    elif not hashed:
        message = "no package has a hash: whatever an index hands out is installed"
        yield Finding("warn", "requirements", message, _PIN_ANEW)
    elif bare:
        strange = [line for line in lines if line not in hashed and line.startswith(_REFUSED)]
        names = some(sorted(strange or bare))
        message = f"others have a hash, so pip refuses what has none: {names}"
        yield Finding("fail", "requirements", message, _PIN_ANEW)
    else:
        yield Finding("ok", "requirements", f"{len(lines)} packages, each with its hashes")


def _included(push: Push) -> Iterator[Finding]:
    """Tell of files that ``requirements.txt`` includes and that are not there."""
    for line in push.requirements:
        match = re.match(r"(?:-r|-c|--requirement|--constraint)[\s=]*(\S+)", line)
        if match and match[1].removeprefix("./") not in push.paths:
            message = f"requirements.txt includes {match[1]}, which is not there"
            yield Finding("fail", "requirements", message, f"Add {match[1]}, or take the line out")
