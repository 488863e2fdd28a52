"""Who takes part in talk.py, and the folder in which they are all installed."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from servers import GUNICORN, OWN, SERVERS, WSGI_SERVERS, Server, free_port, running
from workbench import CORE, ROOT, environment, pinned, versions

APPLICATIONS = Path(__file__).resolve().parent / "applications"
NEW = ("-y", "--no-install", "--no-git")
WITH_PINS = ("granian", "gunicorn", "pyuwsgi", "tornado", "waitress")
NEWEST = ("bottle", "django", "pyramid", "pyramid-jinja2")
PROGRAMS = ("flask", "werkzeug", *NEWEST[:3], *WITH_PINS)


class Contender(NamedTuple):
    """An application that takes part.

    Attributes:
        name: What it is called in the tables.
        module: Where its ``app`` is, below ``applications``.
        servers: What it is measured on.
        project: Flags of ``scaffold new``, if it is a project that scaffold makes.
        options: What is added to the server's command; ``{project}`` is the project's folder.
    """

    name: str
    module: str
    servers: tuple[Server, ...] = SERVERS
    project: str | None = None
    options: tuple[str, ...] = ()


GENERATED = Contender("scaffold new", "generated", project="")
MINIMAL = Contender("minimal", "generated", servers=WSGI_SERVERS, project="--preset minimal")
OURS = (
    GENERATED,
    # A project's own settings for gunicorn have it write a line for each request.
    Contender(
        "with its log",
        "generated",
        servers=(GUNICORN,),
        project="",
        options=("--config", "{project}/gunicorn.conf.py"),
    ),
    MINIMAL,
    Contender("App", "core", servers=WSGI_SERVERS),
)
OTHERS = (
    Contender("Flask", "flask"),
    Contender("Bottle", "bottle"),
    Contender("Django", "django"),
    Contender("Pyramid", "pyramid"),
    Contender("Tornado", "tornado", servers=(OWN,)),
)
CONTENDERS = OURS + OTHERS


class Started(NamedTuple):
    """A server that was started, and its port."""

    process: subprocess.Popen[str]
    port: int


class Lineup(NamedTuple):
    """The contenders, installed.

    Attributes:
        folder: Where the applications lie, and the projects in folders with the contenders' names.
        python: The interpreter of the environment that has all frameworks and servers.
    """

    folder: Path
    python: Path

    @contextmanager
    def serving(self, server: Server, contender: Contender) -> Iterator[Started]:
        """Start a contender on a server, which does not answer at once."""
        port = free_port()
        words = server.command.format(module=f"applications.{contender.module}", port=port).split()
        options = [option.format(project=self._project(contender)) for option in contender.options]
        command = [str(self.python.with_name(words[0])), *words[1:], *options]
        output = subprocess.DEVNULL
        with running(command, self.folder, self._environ(contender), output) as process:
            yield Started(process, port)

    def versions(self) -> str:
        """Return the names and versions of frameworks and servers."""
        return versions(self.python, PROGRAMS)

    def _project(self, contender: Contender) -> Path:
        return self.folder / contender.name / "talk"

    def _environ(self, contender: Contender) -> dict[str, str]:
        """Return the variables of a production server: few, as wsgiref's environ shows them all."""
        path = [self.folder]
        if contender.project is not None:
            path.append(self._project(contender))
        return {
            "PATH": f"{self.python.parent}{os.pathsep}{os.defpath}",
            "PYTHONPATH": os.pathsep.join(map(str, path)),
            "FLASK_DEBUG": "0",
            "SECRET_KEY": "x" * 64,
        }


def lineup(folder: Path) -> Lineup:
    """Install everybody in an empty folder."""
    requirements = [
        make_project(folder / contender.name, contender.project)
        for contender in CONTENDERS
        if contender.project is not None
    ]
    shutil.copytree(APPLICATIONS, folder / "applications")
    shutil.copytree(CORE, folder / "core")
    packages = [*pinned(*WITH_PINS), *NEWEST]
    return Lineup(folder, environment(folder, packages, requirements))


def make_project(folder: Path, flags: str) -> Path:
    """Make a project, give it the talk's three URLs, and return its requirements."""
    folder.mkdir()
    subprocess.run(
        [sys.executable, "-m", "scaffold_cli", "new", "talk", *NEW, *flags.split()],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        check=True,
    )
    project = folder / "talk"
    shutil.copytree(
        APPLICATIONS / "generated" / "public", project / "talk" / "public", dirs_exist_ok=True
    )
    shutil.copy2(APPLICATIONS / "templates" / "page.html", project / "talk" / "templates")
    return project / "requirements.txt"
