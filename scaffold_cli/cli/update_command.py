"""``scaffold update``: a project as this version of scaffold makes it."""

import click

from .. import __version__
from ..answers import Answers
from ..errors import StateError
from ..project import Project
from . import changing


@click.command("update")
@changing.flags
def command(**chosen: object) -> None:
    """Bring the project in this folder to the installed scaffold's templates and versions."""

    def amended(project: Project) -> Answers:
        refuse_older(project.record.version)
        return project.record.answers

    changing.change("update", changing.Flags.of(chosen), amended)


def refuse_older(version: str) -> None:
    """Refuse to take a project back to an older scaffold.

    Raises:
        StateError: A newer one has made it.
    """
    if _numbers(version) > _numbers(__version__):
        raise StateError(
            f"This project was made by scaffold {version}, and this is {__version__}.",
            "Update scaffold: pip install --upgrade scaffold-flask",
        )


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())
