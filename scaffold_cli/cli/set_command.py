"""``scaffold set``: other answers for a project."""

import click

from ..amendment import with_roles, with_set
from ..answers import ALWAYS, Answers
from ..project import Project
from . import changing
from .selection import pairs


@click.command("set")
@click.argument("settings", metavar="KEY=VALUE...", nargs=-1, required=True)
@changing.flags
def command(settings: tuple[str, ...], **chosen: object) -> None:
    """Answer questions anew: where the project runs, its server, or an extension's option.

    \b
    scaffold set deploy=heroku
    scaffold set server=granian
    scaffold set celery.option=value
    """

    def amended(project: Project) -> Answers:
        given = pairs(settings)
        roles = {role: given.pop(role) for role in ALWAYS if role in given}
        return with_roles(with_set(project.record.answers, given), roles, project.catalog)

    changing.change(f"set {' '.join(settings)}", changing.Flags.of(chosen), amended)
