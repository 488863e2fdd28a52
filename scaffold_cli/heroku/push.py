"""What would be pushed, as a value: a project's files, and what git knows of them."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from ..pins import normalize

PROCFILE = "Procfile"
REQUIREMENTS = "requirements.txt"
APP_JSON = "app.json"
PYTHON_VERSION = ".python-version"
ROOT = frozenset([PROCFILE, REQUIREMENTS, APP_JSON, PYTHON_VERSION])


class Repository(NamedTuple):
    """What git knows of a project.

    Attributes:
        prefix: The way from the repository's root to the project; empty where both are one.
        branch: The branch that is checked out; empty without one.
        committed: The paths of the last commit, to their sizes in bytes; empty before the first commit.
        changed: What stands there otherwise than in the last commit, or not at all in it.
        ignored: What stands there and is ignored, folders with a slash at the end.
    """

    prefix: str = ""
    branch: str = "main"
    committed: Mapping[str, int] = {}
    changed: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()


class Push(NamedTuple):
    """A project as Heroku would get it, once all that git does not ignore is committed.

    Attributes:
        package: The name of its package.
        paths: All paths in it.
        texts: The text of those that the checks read.
        made: Those of them, and of what git ignores, that were generated, or are migrations.
        repository: What git knows; None without a repository.
        leaks: Committed files that hold a secret of ``.env``.
    """

    package: str
    paths: frozenset[str]
    texts: Mapping[str, str]
    made: frozenset[str] = frozenset()
    repository: Repository | None = None
    leaks: tuple[str, ...] = ()

    @property
    def requirements(self) -> list[str]:
        """The lines of ``requirements.txt``, those that are continued as one, without comments."""
        text = self.texts.get(REQUIREMENTS, "").replace("\\\n", " ")
        lines = (line.partition(" #")[0].strip() for line in text.splitlines())
        return [line for line in lines if line and not line.startswith("#")]

    @property
    def packages(self) -> frozenset[str] | None:
        """The packages that ``requirements.txt`` names, in their one spelling; None without that file."""
        if REQUIREMENTS not in self.paths:
            return None
        return frozenset(normalize(name_in(line)) for line in self.requirements if line[0] != "-")

    def runs(self, path: str) -> bool:
        """Tell whether a file is of what is built and run there: no test, no tool's, no prose."""
        if "/" not in path:
            return path in ROOT or path.endswith((".py", ".ini"))
        folder = path.partition("/")[0]
        is_code = "/tests/" not in path and not path.endswith(".md")
        return folder in (self.package, "migrations", "bin") and is_code


def name_in(requirement: str) -> str:
    """Return the name that a requirement begins with."""
    return re.split(r"[\s;=<>~!\[]", requirement)[0]
