"""The questions that ``scaffold new`` asks in a terminal: few, each with a default."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import click
import questionary
from questionary import Choice, Separator, Style

from .. import names
from ..answers import ALWAYS, complete, default, presets, questions, words
from ..catalog import Catalog, by_group, group_title
from ..errors import ScaffoldError
from .making import Flags, Project
from .picker import Entry, pick
from .selection import DEFAULT_PRESET, Selection, choose, equivalent

DEPLOY = {
    "anywhere": "Anywhere: files for Heroku and for a server of your own",
    "heroku": "Heroku: Procfile and app.json",
    "uwsgi": "A server of your own: uwsgi behind nginx",
    "none": "Nowhere yet: none of these files",
}
WHY = {
    "project_name": "The folder, the package and the pages are named after it.",
    "project_slug": "Python wants Latin letters in the name of a package.",
    "blueprints": "A part of the site with views, templates and tests of its own; none is fine.",
    "extensions": "Each comes wired, with its versions pinned and a test that uses it.",
    "deploy": "It brings the files that the place asks for.",
}
STYLE = Style(
    [
        ("qmark", "fg:ansicyan bold"),
        ("question", "bold"),
        ("answer", "fg:ansicyan"),
        ("pointer", "fg:ansicyan bold"),
        ("highlighted", "noreverse"),
        ("selected", "noreverse fg:ansicyan"),
        ("separator", "bold"),
        ("instruction", "fg:ansibrightblack"),
    ]
)


def ask(given: Mapping[str, str], selection: Selection, catalog: Catalog) -> dict[str, str]:
    """Ask for what was not given on the command line.

    Args:
        given: Answers by question name.
        selection: The flags about extensions; when there are any, extensions are not asked for.
        catalog: Where the extensions are.

    Returns:
        The answers, those that were given among them.

    Raises:
        KeyboardInterrupt: The person pressed Ctrl-C.
    """
    answers = dict(given)
    if "project_name" not in answers:
        answers["project_name"] = _text("project_name", answers, names.check_project_name)
    if "project_slug" not in answers and not names.is_latin(answers["project_name"]):
        answers["project_slug"] = _text("project_slug", answers, names.check_slug)
    if "blueprints" not in answers:
        answers["blueprints"] = _text("blueprints", answers, _check_blueprints)
    if "extensions" in answers or selection != Selection(None):
        choose(answers, selection, catalog)
    else:
        answers["extensions"] = " ".join(_extensions(catalog))
    if "deploy" not in answers:
        answers["deploy"] = _deploy()
    return answers


def agreed(project: Project, flags: Flags) -> bool:
    """Show what will be made and the equivalent command, and ask whether to go on.

    Raises:
        KeyboardInterrupt: The person pressed Ctrl-C.
    """
    click.echo()
    rows = {
        "folder": flags.folder,
        "package": project.answers.package,
        "extensions": " ".join(extension.id for extension in project.extensions) or "none",
        "brought": ", ".join(project.brought()),
        "files": str(len(project.tree)),
        "then": " and ".join(_after(flags)),
        "command": equivalent(project.answers, flags.catalogs),
    }
    for label, text in rows.items():
        if text:
            click.echo(f"  {click.style(f'{label:>10}', dim=True)}  {text}")
    click.echo()
    return bool(questionary.confirm("Make it?", default=True, style=STYLE).unsafe_ask())


def _after(flags: Flags) -> list[str]:
    steps = {"install": flags.install, "commit": flags.git, "run": flags.run}
    return [name for name, wanted in steps.items() if wanted]


def _answer(name: str, question: questionary.Question) -> Any:
    """Say in a line why something is asked, and ask it."""
    click.secho(f"  {WHY[name]}", dim=True)
    return question.unsafe_ask()


def _text(name: str, answers: Mapping[str, str], check: Callable[[str], None]) -> str:
    question = questions()[name]

    def valid(value: str) -> bool | str:
        try:
            check(value)
            complete({**answers, name: value} if name != "project_name" else _named(value))
        except ScaffoldError as error:
            return error.message
        return True

    proposed = default(question, answers)
    asked = questionary.text(question.prompt, default=proposed, validate=valid, style=STYLE)
    return str(_answer(name, asked))


def _named(value: str) -> dict[str, str]:
    """Complete a project name for checking; letters that are not Latin are asked about next."""
    return {"project_name": value, "project_slug": names.slug(value) or "x"}


def _check_blueprints(value: str) -> None:
    names.check_blueprints(words(value))


def _extensions(catalog: Catalog) -> list[str]:
    """Offer all extensions by group, those of the default preset ticked."""

    def check(chosen: list[str]) -> bool | str:
        """Tell at once which of those that are ticked can't stand together."""
        try:
            catalog.resolve([*chosen, *ALWAYS])
        except ScaffoldError as error:
            return error.message
        return True

    asked = pick("Extensions", list(_entries(catalog)), check, STYLE)
    return list(_answer("extensions", asked))


def _entries(catalog: Catalog) -> Iterator[Entry | Separator]:
    ticked = presets()[DEFAULT_PRESET]
    grouped = by_group(catalog)
    width = max(len(extension.id) for _, members in grouped for extension in members)
    for group, members in grouped:
        heading = group_title(group)
        yield Separator(heading)
        for e in members:
            text = " ".join([e.id, e.title, e.summary, heading, group, e.provides, *e.replaces])
            yield Entry(e.id, f"{e.id:<{width}}  {e.summary}", text, checked=e.id in ticked)


def _deploy() -> str:
    question = questions()["deploy"]
    choices = [Choice(DEPLOY[target], target) for target in question.choices]
    return str(_answer("deploy", questionary.select(question.prompt, choices, style=STYLE)))
