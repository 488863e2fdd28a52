"""Real workers for the tests: the Procfile's own, of each queue."""

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from projects import Done, Project, started, wait_until

READY = {"celery": "ready.", "rq": "Listening on", "huey": "Huey consumer started"}


class Worker(NamedTuple):
    """A worker of a project, and what the project's other commands need to reach it."""

    project: Project
    process: subprocess.Popen[bytes]
    log: Path
    environment: dict[str, str]

    def output(self) -> str:
        """Return what it has printed so far."""
        return self.log.read_text("utf-8", "replace")

    def wait_for(self, text: str) -> None:
        """Wait until it has printed a text."""
        wait_until(lambda: text in self.output(), f"{text!r} in {self.log}")

    def run(self, *command: str) -> Done:
        """Run a command of the project beside it."""
        return self.project.run("python", "manage.py", *command, **self.environment)


@contextmanager
def working(project: Project, log: Path, **environment: str) -> Iterator[Worker]:
    """Start the Procfile's worker."""
    [command] = re.findall(r"^worker: (.+)$", (project.folder / "Procfile").read_text(), re.M)
    _, *words = command.split()
    python = project.folder / ".venv/bin/python"
    surroundings = project.environment(PYTHONUNBUFFERED="1", **environment)
    with started(python, *words, cwd=project.folder, log=log, environment=surroundings) as process:
        yield Worker(project, process, log, environment)
