"""``scaffold doctor``: whether a project is well, and how to mend what is not."""

import json

import click

from .. import state
from ..doctor import is_healthy, to_json
from ..examination import examine
from . import catalogs, findings


@click.command("doctor")
@click.argument("project", metavar="[FOLDER]", default=".")
@click.option("--production", is_flag=True, help="Look at it as a server is to run it.")
@click.option("--audit/--no-audit", default=True, help="Ask for known vulnerabilities.")
@click.option("--catalog", metavar="DIR", multiple=True, help="More extensions, in this folder.")
@click.option("--json", "as_json", is_flag=True, help="Print an object.")
def command(
    project: str, production: bool, audit: bool, catalog: tuple[str, ...], as_json: bool
) -> None:
    """Check a project that scaffold made: its files, environment, extensions, settings, migrations.

    The exit code is 1 if something fails. Nothing is changed.
    """
    record = state.read(project)
    extensions = catalogs.open_of(project, catalog).resolve(record.answers.asked())
    found = []
    for finding in examine(project, record, extensions, production=production, audit=audit):
        found.append(finding)
        if not as_json:
            findings.show(finding)
    if as_json:
        click.echo(json.dumps(to_json(found), indent=2))
    if not is_healthy(found):
        raise click.exceptions.Exit(1)
