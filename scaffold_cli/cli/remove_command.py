"""``scaffold remove``: fewer extensions in a project."""

import click

from ..amendment import found, with_removed
from ..answers import Answers
from ..project import Project
from . import changing


@click.command("remove")
@click.argument("names", metavar="EXT...", nargs=-1, required=True)
@changing.flags
def command(names: tuple[str, ...], **chosen: object) -> None:
    """Remove extensions, and what came with them alone, from the project in this folder.

    Files that you changed stay until you decide. Packages stay installed.
    """

    def amended(project: Project) -> Answers:
        ids, reasons = found(names, project.catalog)
        changing.tell(reasons)
        return with_removed(project.record.answers, ids, project.catalog)

    changing.change(f"remove {' '.join(names)}", changing.Flags.of(chosen), amended)
