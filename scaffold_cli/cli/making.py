"""Making a project that was chosen: show it, write it, install it, commit it, run it."""

import json
import os
import re
import sys
from typing import NamedTuple

import click

from .. import plan as plans
from .. import secret, state, workspace
from ..answers import Answers
from ..catalog import Catalog, Sources
from ..errors import InstallError, ScaffoldError
from ..extension import Extension
from ..plugins import sources
from ..render import render
from ..tree import Tree
from . import selection
from .output import show_diff, show_plan, status

PORT = 4321  # the talk's
RELEASE = re.compile(r"^release: python manage\.py (.+)$", re.MULTILINE)


class Flags(NamedTuple):
    """How a project is to be made, apart from what it is to be."""

    folder: str
    install: bool
    git: bool
    run: bool
    quiet: bool
    catalogs: tuple[str, ...]


class Project(NamedTuple):
    """A project that is chosen and rendered, and not yet anywhere.

    Attributes:
        answers: What was asked for.
        extensions: What that comes to, in order of initialisation.
        tree: Its files.
        sources: Where the extensions of others come from.
    """

    answers: Answers
    extensions: tuple[Extension, ...]
    tree: Tree
    sources: Sources

    @classmethod
    def of(cls, answers: Answers, catalog: Catalog, folder: str) -> "Project":
        """Render a project for a folder that can take it.

        Raises:
            ScaffoldError: The folder is taken, or the selection can't stand together.
        """
        workspace.check_target(folder)
        extensions, tree = catalog.resolve(answers.asked()), render(answers, catalog)
        return cls(answers, extensions, tree, sources(extensions, catalog, folder))

    def brought(self) -> list[str]:
        """Return the extensions that others need and nobody asked for, each with those others."""
        return selection.brought(self.extensions, self.answers.extensions)

    def first_commands(self) -> list[str]:
        """Return the ``manage.py`` commands for a fresh environment: first migrations, a release."""
        commands = [command for extension in self.extensions for command in extension.prepare]
        return commands + RELEASE.findall(self.tree["Procfile"].content.decode())


def show(project: Project, *, diff: bool, as_json: bool) -> None:
    """Print what would be made; nothing is written."""
    plan = plans.creation(project.tree)
    if as_json:
        click.echo(json.dumps(plan.to_json(), indent=2))
    elif diff:
        show_diff(plan)
    else:
        show_plan(plan)


def make(project: Project, flags: Flags) -> None:
    """Write a project, then install, commit and run it as the flags say.

    Raises:
        ScaffoldError: It could not be written, and nothing is left behind; or not be installed, and stays.
    """
    _write(project, flags)
    try:
        failed = _install(project, flags) if flags.install else None
        if flags.git:
            _commit(project, flags)
    except KeyboardInterrupt:
        failed = _stopped(flags)
    if failed:
        raise failed
    if not flags.quiet:
        if not flags.run:
            _show_next(project, flags)
        click.echo(f"\nThe same again:\n  {selection.equivalent(project.answers, flags.catalogs)}")
    if flags.run:
        _serve(flags)


def _write(project: Project, flags: Flags) -> None:
    tree = project.tree
    files = {path: file.content for path, file in tree.items()}
    files |= {
        **state.record(project.answers, tree, project.sources),
        secret.FILE: secret.dotenv(tree),
    }
    workspace.create(flags.folder, files)
    if flags.quiet:
        plan = plans.creation(tree).to_json()
        click.echo(json.dumps({**plan, "folder": flags.folder}, indent=2))
        return
    for brought in project.brought():
        status("with", brought)
    status("create", flags.folder, f"{len(tree)} files")


def _install(project: Project, flags: Flags) -> ScaffoldError | None:
    """Fill the environment; a failure is told at the end, for the project is there and complete."""
    from ..environment import Preparation
    from .installing import install

    settings = {setting.env for e in project.extensions for setting in e.settings}
    preparation = Preparation(project.answers.package, project.first_commands(), settings)
    try:
        install(flags.folder, preparation, quiet=flags.quiet)
    except ScaffoldError as error:
        return error
    return None


def _stopped(flags: Flags) -> ScaffoldError:
    from ..environment import go_on

    return InstallError("Stopped before the end.", go_on(flags.folder))


def _commit(project: Project, flags: Flags) -> None:
    from ..interrupt import held_back
    from ..repository import commit_all

    with held_back():
        outcome = commit_all(flags.folder, f"{project.answers.project_name}, made by scaffold")
        if not flags.quiet:
            status("commit", "git", outcome)


def _show_next(project: Project, flags: Flags) -> None:
    activate = r".venv\Scripts\activate" if os.name == "nt" else ". .venv/bin/activate"
    lines = [f"cd {selection.quote(flags.folder)}", activate]
    if not flags.install:
        lines.insert(1, "python -m venv .venv")
        lines.append("pip install -r requirements-dev.txt")
        lines += [f"python manage.py {command}" for command in project.first_commands()]
    lines.append(f"python manage.py runserver -p {PORT}")
    click.echo("\nNext:\n" + "\n".join(f"  {line}" for line in lines))


def _serve(flags: Flags) -> None:
    """Run the development server on the talk's port, or on a free one where that is taken."""
    from .. import environment

    port = environment.free_port(PORT)
    address = f"\nRunning on http://127.0.0.1:{port}/ (Ctrl-C stops it)"
    click.echo(address, err=flags.quiet)
    sys.exit(environment.serve(flags.folder, port))
