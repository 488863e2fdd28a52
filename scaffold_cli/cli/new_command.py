"""``scaffold new``: from nothing to an application."""

import os
import sys

import click

from ..answers import complete
from ..catalog import Catalog
from ..errors import AnswersError
from ..names import check_apps, check_blueprints
from ..plugins import open_catalog
from . import catalogs, selection
from .making import Flags, Project, make, show


@click.command("new")
@click.argument("name", required=False)
@click.option("--with", "with_", metavar="EXT", multiple=True, help="Add an extension.")
@click.option(
    "--without", metavar="EXT", multiple=True, help="Leave an extension of the preset out."
)
@click.option("--preset", metavar="PRESET", help="minimal, web (the default), api or full.")
@click.option("--blueprint", metavar="NAME", multiple=True, help="A blueprint beside 'public'.")
@click.option("--app", metavar="NAME", multiple=True, help="An application of its own below /NAME.")
@click.option("--set", "settings", metavar="KEY=VALUE", multiple=True, help="Answer any question.")
@click.option("--answers", "answers_file", metavar="FILE", help="Answers from TOML or JSON.")
@click.option("--catalog", metavar="DIR", multiple=True, help="More extensions, in this folder.")
@click.option("-o", "--output-dir", metavar="DIR", default=".", help="Where to put the folder.")
@click.option("-y", "--yes", is_flag=True, help="Ask nothing; take the defaults.")
@click.option(
    "--install/--no-install", default=None, help="Make .venv and install; default in a terminal."
)
@click.option("--git/--no-git", default=True, help="Make a repository and a first commit.")
@click.option("--run", is_flag=True, help="Start the development server at the end.")
@click.option("--dry-run", is_flag=True, help="Show the plan; write nothing.")
@click.option("--diff", is_flag=True, help="Show what would be written; write nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON.")
def command(
    name: str | None,
    with_: tuple[str, ...],
    without: tuple[str, ...],
    preset: str | None,
    blueprint: tuple[str, ...],
    app: tuple[str, ...],
    settings: tuple[str, ...],
    answers_file: str | None,
    catalog: tuple[str, ...],
    output_dir: str,
    yes: bool,
    install: bool | None,
    git: bool,
    run: bool,
    dry_run: bool,
    diff: bool,
    as_json: bool,
) -> None:
    """Make an application: NAME is any words, as "My Shop".

    \b
    scaffold new "My Shop" --with login --with mail
    scaffold new api --preset api --blueprint orders -y
    """
    terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if answers_file:
        catalog = (*catalog, *catalogs.folders_with(answers_file))
    entries = open_catalog(catalog)
    given = selection.read_answers(answers_file, name) if answers_file else {}
    given |= selection.pairs(settings)
    if name is not None:
        given["project_name"] = name
    if blueprint:
        check_blueprints(blueprint)
        given["blueprints"] = " ".join(blueprint)
    if app:
        check_apps(app)
        given["apps"] = " ".join(app)
    chosen = selection.Selection(preset, with_, without)
    showing = dry_run or diff
    asking = terminal and not (yes or showing or as_json)
    given = _ask(given, chosen, entries) if asking else _take(given, chosen, entries)
    answers = complete(given)
    flags = Flags(
        folder=os.path.normpath(os.path.join(output_dir, answers.project_slug)),
        install=run or (terminal if install is None else install),
        git=git,
        run=run,
        quiet=as_json,
        catalogs=catalog,
    )
    project = Project.of(answers, entries, flags.folder)
    if showing:
        show(project, diff=diff, as_json=as_json)
    elif not asking or _agreed(project, flags):
        make(project, flags)


def _take(given: dict[str, str], chosen: selection.Selection, catalog: Catalog) -> dict[str, str]:
    """Take the answers as they were given: what is a script's way, and that of ``-y``."""
    if "project_name" not in given:
        raise AnswersError("A name is missing.", 'Give it one: scaffold new "My Shop"')
    selection.choose(given, chosen, catalog)
    return given


def _ask(given: dict[str, str], chosen: selection.Selection, catalog: Catalog) -> dict[str, str]:
    """Ask a person for what was not given."""
    from .wizard import ask

    return ask(given, chosen, catalog)


def _agreed(project: Project, flags: Flags) -> bool:
    """Show a person what will be made, and the equivalent command, and ask once."""
    from .wizard import agreed

    return agreed(project, flags)
