"""``scaffold doctor``: whether a project is well, and how to mend what is not."""

import json

import click

from .. import state
from ..doctor import Finding, is_healthy, to_json
from ..examination import examine
from . import catalogs
from .output import wrapped

COLOURS = {"ok": "green", "warn": "yellow", "fail": "red", "skip": "bright_black"}


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
    findings = []
    for finding in examine(project, record, extensions, production=production, audit=audit):
        findings.append(finding)
        if not as_json:
            _show(finding)
    if as_json:
        click.echo(json.dumps(to_json(findings), indent=2))
    if not is_healthy(findings):
        raise click.exceptions.Exit(1)


def _show(finding: Finding) -> None:
    word = click.style(f"{finding.status:>6}", fg=COLOURS[finding.status])
    first, *more = wrapped(" " * 8, f"{finding.check}: {finding.message}")
    click.echo("\n".join([f"{word}  {first[8:]}", *more]))
    if finding.mend:
        for line in wrapped(" " * 8 + "-> ", finding.mend):
            click.secho(line, dim=True)
