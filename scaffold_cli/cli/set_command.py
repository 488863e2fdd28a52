"""``scaffold set``: other answers for a project."""

import click

from ..amendment import with_set
from ..answers import Answers
from ..project import Project
from . import changing
from .selection import pairs


@click.command("set")
@click.argument("settings", metavar="KEY=VALUE...", nargs=-1, required=True)
@changing.flags
def command(settings: tuple[str, ...], **chosen: object) -> None:
    """Answer questions anew: an extension's option, or where the project runs.

    \b
    scaffold set deploy=heroku
    scaffold set celery.option=value
    """

    def amended(project: Project) -> Answers:
        return with_set(project.record.answers, pairs(settings))

    changing.change(f"set {' '.join(settings)}", changing.Flags.of(chosen), amended)
