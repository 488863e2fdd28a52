"""``scaffold add``: more extensions in a project."""

import click

from ..amendment import found, with_added
from ..answers import Answers
from ..project import Project
from . import changing


@click.command("add")
@click.argument("names", metavar="EXT...", nargs=-1, required=True)
@changing.flags
def command(names: tuple[str, ...], **chosen: object) -> None:
    """Add extensions, with what they need, to the project in this folder.

    What you wrote stays. The same project comes of it as if you had chosen them at once.
    """

    def amended(project: Project) -> Answers:
        ids, reasons = found(names, project.catalog)
        changing.tell(reasons)
        return with_added(project.record.answers, ids)

    changing.change(f"add {' '.join(names)}", changing.Flags.of(chosen), amended)
