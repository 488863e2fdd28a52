"""``scaffold new``: from nothing to an application."""

import json
import os
import sys
from typing import NamedTuple

import click

from .. import plan as plans
from .. import secret, state, workspace
from ..answers import Answers, complete
from ..catalog import Catalog
from ..errors import AnswersError, ScaffoldError
from ..names import check_blueprints
from ..plugins import open_catalog
from ..render import render
from ..tree import Tree
from . import selection
from .output import show_diff, show_plan, status

PORT = 4321  # the talk's


class Flags(NamedTuple):
    """How a project is to be made, apart from what it is to be."""

    folder: str
    install: bool
    git: bool
    run: bool
    dry_run: bool
    diff: bool
    as_json: bool


@click.command("new")
@click.argument("name", required=False)
@click.option("--with", "with_", metavar="EXT", multiple=True, help="Add an extension.")
@click.option(
    "--without", metavar="EXT", multiple=True, help="Leave an extension of the preset out."
)
@click.option("--preset", metavar="PRESET", help="minimal, web (the default), api or full.")
@click.option("--blueprint", metavar="NAME", multiple=True, help="A blueprint beside 'public'.")
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
    entries = open_catalog(catalog)
    given = selection.read_answers(answers_file) if answers_file else {}
    given |= selection.pairs(settings)
    if name is not None:
        given["project_name"] = name
    if blueprint:
        check_blueprints(blueprint)
        given["blueprints"] = " ".join(blueprint)
    chosen = selection.Selection(preset, with_, without)
    asking = terminal and not (yes or dry_run or diff or as_json)
    if asking:
        from .wizard import ask

        given = ask(given, chosen, entries)
    else:
        if "project_name" not in given:
            raise AnswersError("A name is missing.", 'Give it one: scaffold new "My Shop"')
        selection.choose(given, chosen, entries)
    answers = complete(given)
    flags = Flags(
        folder=os.path.join(output_dir, answers.project_slug),
        install=run or (terminal if install is None else install),
        git=git,
        run=run,
        dry_run=dry_run,
        diff=diff,
        as_json=as_json,
    )
    make(answers, entries, flags)


def make(answers: Answers, catalog: Catalog, flags: Flags) -> None:
    """Render a project and write it, or show it, as the flags say.

    Raises:
        ScaffoldError: It could not be made, or not be installed; the message says how to go on.
    """
    workspace.check_target(flags.folder)
    tree = render(answers, catalog)
    plan = plans.creation(tree)
    if flags.diff:
        show_diff(plan)
    elif flags.dry_run and not flags.as_json:
        show_plan(plan)
    if flags.dry_run or flags.diff:
        if flags.as_json:
            click.echo(json.dumps(plan.to_json(), indent=2))
        return
    files = {**_contents(tree), **state.record(answers, tree), secret.FILE: secret.dotenv(tree)}
    workspace.create(flags.folder, files)
    if flags.as_json:
        click.echo(json.dumps({**plan.to_json(), "folder": flags.folder}, indent=2))
    else:
        status("create", flags.folder, f"{len(tree)} files")
    _after(answers, catalog, tree, flags)


def _contents(tree: Tree) -> dict[str, bytes]:
    return {path: file.content for path, file in tree.items()}


def _after(answers: Answers, catalog: Catalog, tree: Tree, flags: Flags) -> None:
    """Install, commit, say what is next, run: none of these ever takes the project away again."""
    failed: ScaffoldError | None = None
    if flags.install:
        from .installing import install

        try:
            extensions = catalog.resolve(answers.extensions)
            install(flags.folder, extensions, tree, quiet=flags.as_json)
        except ScaffoldError as error:
            failed = error
    if flags.git:
        from ..repository import commit_all

        outcome = commit_all(flags.folder, f"{answers.project_name}, made by scaffold")
        if not flags.as_json:
            status("commit", "git", outcome)
    if failed:
        raise failed
    if not flags.as_json:
        _show_next(answers, flags)
    if flags.run:
        _serve(flags.folder)


def _serve(folder: str) -> None:
    """Run the development server on the talk's port, or on a free one where that is taken."""
    from .. import environment

    port = environment.free_port(PORT)
    click.echo(f"\nRunning on http://127.0.0.1:{port}/ (Ctrl-C stops it)")
    sys.exit(environment.serve(folder, port))


def _show_next(answers: Answers, flags: Flags) -> None:
    lines = [f"cd {selection.quote(flags.folder)}"]
    if not flags.install:
        lines += ["python -m venv .venv", "<activate>", "pip install -r requirements-dev.txt"]
    else:
        lines += ["<activate>"]
    lines += ["python manage.py runserver -p 4321"]
    activate = r".venv\Scripts\activate" if os.name == "nt" else ". .venv/bin/activate"
    click.echo("\nNext:")
    for line in lines:
        click.echo("  " + line.replace("<activate>", activate))
    click.echo(f"\nThe same again:\n  {selection.equivalent(answers)}")
