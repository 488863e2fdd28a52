"""``scaffold update``: a project as this version of scaffold makes it."""

import click

from ..answers import Answers
from ..project import Project
from . import changing


@click.command("update")
@changing.flags
def command(**chosen: object) -> None:
    """Bring the project in this folder to the installed scaffold's templates and versions."""

    def amended(project: Project) -> Answers:
        return project.record.answers

    changing.change("update", changing.Flags.of(chosen), amended)
