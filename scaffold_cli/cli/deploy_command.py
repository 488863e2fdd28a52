"""``scaffold deploy``: what a platform will ask of a project, looked at before it is deployed."""

import json

import click

from .. import heroku, state
from ..checkout import push_of
from ..doctor import is_healthy
from . import findings


@click.command("deploy")
@click.argument("target", type=click.Choice(["heroku"]))
@click.argument("project", metavar="[FOLDER]", default=".")
@click.option("--check", is_flag=True, help="Look whether the platform would take it.")
@click.option("--json", "as_json", is_flag=True, help="Print an object.")
def command(target: str, project: str, check: bool, as_json: bool) -> None:
    """Check a project that is to be deployed: nothing is changed, and nothing is sent.

    The exit code is 1 if the platform would refuse it, or it would not start there.
    """
    if not check:
        raise click.UsageError(
            "scaffold deploys nothing itself: git push heroku main does. "
            "Look first whether that will work: scaffold deploy heroku --check"
        )
    found = list(heroku.check(push_of(project, state.read(project))))
    if as_json:
        click.echo(json.dumps(heroku.to_json(found), indent=2))
    else:
        for finding in found:
            findings.show(finding)
    if not is_healthy(found):
        raise click.exceptions.Exit(1)
