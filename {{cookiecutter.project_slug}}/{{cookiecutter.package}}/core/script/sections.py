"""The help of a command's options: argparse's facts in the looks of click."""

import argparse

import click

Record = tuple[str, str]  # how an option is written, and what it does
ARGUMENTS, OPTIONS = "Arguments", "Options"


class Sections:
    """What the help says of options, by heading."""

    def __init__(self) -> None:
        self._records: dict[str, list[Record]] = {ARGUMENTS: [], OPTIONS: []}
        self._descriptions: dict[str, str] = {}

    def begin(self, title: str, description: str | None) -> None:
        """Begin a section with a heading of its own."""
        self._records.setdefault(title, [])
        self._descriptions[title] = description or ""

    def add(self, action: argparse.Action, prog: str, title: str | None) -> None:
        """Add an option of argparse's, or an argument of which there is something to say.

        :param title: the section, if it is not the usual one.
        """
        told = (action.help or "") % dict(vars(action), prog=prog)
        if told == argparse.SUPPRESS or not (action.option_strings or told):
            return
        title = title or (OPTIONS if action.option_strings else ARGUMENTS)
        self._records[title].append((written(action), told))

    def add_record(self, record: Record | None) -> None:
        """Add an option of click's; None is a hidden one."""
        if record:
            self._records[OPTIONS].append(record)

    def write(self, formatter: click.HelpFormatter) -> None:
        """Write all that is not empty; titles in the order in which they came."""
        own = [title for title in self._records if title != OPTIONS]
        for title in (*own, OPTIONS):
            if self._records[title]:
                with formatter.section(title):
                    if self._descriptions.get(title):
                        formatter.write_text(self._descriptions[title])
                        formatter.write_paragraph()
                    formatter.write_dl(self._records[title])


def written(action: argparse.Action) -> str:
    """Return how an option is written: ``-n, --name NAME``."""
    if not action.option_strings:
        return str(action.metavar or action.dest)
    return " ".join(filter(None, [", ".join(action.option_strings), _values(action)]))


def _values(action: argparse.Action) -> str:
    """Return how the values of an option are written: ``FILE [FILE ...]``."""
    if action.nargs == 0:
        return ""
    name = action.metavar or (
        action.dest.upper()
        if action.choices is None
        else "{" + ",".join(map(str, action.choices)) + "}"
    )
    if isinstance(name, tuple):
        return " ".join(name)
    if isinstance(action.nargs, int):
        return " ".join([name] * action.nargs)
    forms = {"?": "[{0}]", "*": "[{0} ...]", "+": "{0} [{0} ...]"}
    return forms.get(str(action.nargs), "{0}").format(name)


def usage_prefix(ctx: click.Context) -> str:
    """Return what stands before a command's own words: a group may say it otherwise."""
    usage = getattr(ctx.parent.command, "usage", None) if ctx.parent else None
    return f"{usage} {ctx.info_name}" if usage else ctx.command_path
