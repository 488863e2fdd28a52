"""What all commands that change a project do alike: show the plan, ask once, apply it, say what is next."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple, TypeVar

import click

from .. import __version__, environment, history, locations, state
from ..answers import Answers
from ..changelog import template_lines
from ..errors import StateError
from ..extension import Extension
from ..history import Entry
from ..moves import numbers
from ..plan import Step
from ..project import Planned, Project, carry_out, find, planned, refuse_unfinished, waiting
from . import catalogs
from .output import show_diff, show_plan, status, wrapped
from .selection import brought

Function = TypeVar("Function", bound=Callable[..., None])
REQUIREMENTS = ("requirements.txt", "requirements-dev.txt")


class Flags(NamedTuple):
    """How a change is to be made, apart from what it is."""

    catalog: tuple[str, ...]
    yes: bool
    dry_run: bool
    diff: bool
    as_json: bool
    install: bool

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> "Flags":
        """Take the flags as click passes them on."""
        return cls(**given)

    @property
    def showing(self) -> bool:
        """Whether nothing is to be written."""
        return self.dry_run or self.diff

    @property
    def asking(self) -> bool:
        """Whether a person is there to be asked."""
        terminal = sys.stdin.isatty() and sys.stdout.isatty()
        return terminal and not (self.yes or self.as_json)


def flags(function: Function) -> Function:
    """Give a command the flags of `Flags`."""
    for option in (
        click.option(
            "--install/--no-install", default=True, help="Install what is new, if there is a .venv."
        ),
        click.option("--json", "as_json", is_flag=True, help="Print the plan as JSON."),
        click.option("--diff", is_flag=True, help="Show what would change; write nothing."),
        click.option("--dry-run", is_flag=True, help="Show the plan; write nothing."),
        click.option("-y", "--yes", is_flag=True, help="Ask nothing."),
        click.option(
            "--catalog", metavar="DIR", multiple=True, help="More extensions, in this folder."
        ),
    ):
        function = option(function)
    return function


def change(command: str, chosen: Flags, amended: Callable[[Project], Answers]) -> None:
    """Change the project that the working folder is in.

    Args:
        command: What it is called in the history.
        chosen: The flags.
        amended: From the project to what it is to be asked for.

    Raises:
        ScaffoldError: It could not be done; or it is done, and conflicts wait.
    """
    root = find(os.curdir)
    project: Project
    answers: Answers

    def plan() -> Planned:
        nonlocal project, answers
        project = Project(root, state.read(root), catalogs.open_of(root, chosen.catalog))
        _refuse_older(project.record.version)
        answers = amended(project)
        if not chosen.as_json:
            _tell_news(project.record.version)
            _tell_brought(project, answers)
        return planned(project, answers, command)

    if done := apply(root, chosen, plan):
        _go_on(project, answers, done, chosen)


def apply(root: str, chosen: Flags, plan: Callable[[], Planned]) -> Planned | None:
    """Make a plan, and show it or carry it out.

    Args:
        root: The project's folder.
        chosen: The flags.
        plan: Makes the plan, once no other command is at work.

    Returns:
        What was done; None if nothing was.

    Raises:
        ScaffoldError: It could not be done; or it is done, and conflicts wait.
    """
    if chosen.showing:
        refuse_unfinished(root)
        _show(plan(), chosen)
        return None
    with history.locked(root):
        refuse_unfinished(root)
        change = plan()
        if change.is_empty:
            _show(change, chosen)
            return None
        if chosen.asking and not _agreed(change):
            return None
        entry = carry_out(root, change)
    _report(change, entry, as_json=chosen.as_json, shown=chosen.asking)
    return change


def _refuse_older(version: str) -> None:
    """Refuse to take a project back to an older scaffold."""
    if numbers(version) > numbers(__version__):
        raise StateError(
            f"This project was made by scaffold {version}, and this is {__version__}.",
            "Update scaffold: pip install --upgrade scaffold-flask",
        )


def _tell_news(version: str) -> None:
    """Say what became of the template since the version that made the project."""
    if version == __version__:
        return
    click.echo(f"From scaffold {version} to {__version__}:")
    text = locations.read(os.path.join(locations.TEMPLATE, "CHANGELOG.md"))
    for line in template_lines(text, version, __version__):
        click.echo(f"  {line}")


def _tell_brought(project: Project, answers: Answers) -> None:
    """Say what comes along with what was asked for, and was not there before."""
    before = {e.id for e in project.catalog.resolve(project.record.answers.asked())}
    known = before | {*answers.extensions}
    for extension in brought(project.catalog.resolve(answers.asked()), known):
        status("with", extension)


def tell(reasons: Iterable[str]) -> None:
    """Say why other extensions are taken than those named."""
    for reason in reasons:
        click.echo(reason, err=True)


def _show(change: Planned, chosen: Flags) -> None:
    if chosen.as_json:
        click.echo(json.dumps(change.plan.to_json(), indent=2))
    elif change.is_empty:
        click.echo("Nothing to do.")
    elif chosen.diff:
        show_diff(change.plan)
    else:
        show_plan(change.plan)


def _agreed(change: Planned) -> bool:
    show_plan(change.plan)
    return click.confirm("\nMake these changes?", default=True)


def _report(change: Planned, entry: Entry, *, as_json: bool, shown: bool) -> None:
    if as_json:
        click.echo(json.dumps({**change.plan.to_json(), "applied": True}, indent=2))
    elif not shown:
        show_plan(change.plan)
    if entry.phase == "done" and not as_json:
        status("done", entry.command, "" if entry.undoes else "scaffold undo takes it back")
    if entry.phase == "conflict":
        raise waiting(entry)


def _go_on(project: Project, answers: Answers, change: Planned, chosen: Flags) -> None:
    """Install what is new, and say what is left to do."""
    before = {e.id for e in project.catalog.resolve(project.record.answers.asked())}
    after = project.catalog.resolve(answers.asked())
    commands = _commands(answers.package, before, after, change)
    todo = [f"python manage.py {command}" for command in commands]
    if before - {e.id for e in after}:
        commands = []  # a migration that drops tables is for people to make
    if any(_brings_packages(step) for step in change.plan.steps):
        there = os.path.isfile(environment.python(project.root))
        if chosen.install and there:
            _install(project.root, answers, after, commands, quiet=chosen.as_json)
            todo = [] if commands else todo
        else:
            todo.insert(0, f"pip install -r {environment.REQUIREMENTS}")
    new = [e for e in after if e.id not in before]
    if not chosen.as_json:
        _say(todo, [setting.env for e in new for setting in e.settings if setting.show])


def _brings_packages(step: Step) -> bool:
    """Tell whether a step brings something to install."""
    before, after = ({*(text or b"").splitlines()} for text in (step.before, step.after))
    return step.path in REQUIREMENTS and bool(after - before)


def _commands(
    package: str, before: Iterable[str], after: Iterable[Extension], change: Planned
) -> list[str]:
    """Return the commands of ``manage.py`` that a change calls for: migrations, and the first of new ones."""
    after = [*after]
    first = [command for e in after if e.id not in before for command in e.prepare]
    models = f"{package}/models.py" in {step.path for step in change.plan.steps}
    if models and not first and any(e.id == "migrate" for e in after):
        first = [f'db migrate -m "{change.command.capitalize()}"']
    return [*first, "release"] if first else []


def _install(
    root: str,
    answers: Answers,
    extensions: Iterable[Extension],
    commands: list[str],
    *,
    quiet: bool,
) -> None:
    from .installing import add

    settings = {setting.env for e in extensions for setting in e.settings}
    add(root, environment.Preparation(answers.package, commands, settings), quiet=quiet)


def _say(todo: Iterable[str], settings: Iterable[str]) -> None:
    lines = [*todo]
    if lines:
        click.echo("\nNext:\n" + "\n".join(f"  {line}" for line in lines))
    if names := ", ".join(settings):
        click.echo("\nNew settings, each with a default, in .env.example:")
        click.echo("\n".join(wrapped("  ", names)))
