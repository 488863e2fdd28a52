"""The command line: one module a command; nothing but arguments, calls and printing.

A command's module is imported when the command runs, so ``scaffold --help`` is instant.
"""

import sys
from importlib import import_module

import click

from .. import __version__
from ..errors import ScaffoldError

# Command, and its line in the help. The module has the command's name.
COMMANDS = {
    "new": "Make an application.",
    "add": "Add extensions to a project.",
    "remove": "Remove extensions from a project.",
    "set": "Answer a project's questions anew.",
    "update": "Bring a project to the newest templates and versions.",
    "undo": "Take the last change back.",
    "continue": "Finish a change whose conflicts are mended.",
    "abort": "Take an unfinished change back.",
    "status": "Show what a project is made of, and what you changed.",
    "diff": "Show what you changed in generated files.",
    "why": "Tell where a file comes from.",
    "list": "Show the extensions.",
    "search": "Find extensions by words.",
    "info": "Show all about one extension.",
    "doctor": "Check a project: files, environment, settings.",
    "deploy": "Check whether a platform would take a project.",
}


class Commands(click.Group):
    """A group that knows its commands' names and one-line helps without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names, in the order of the help."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Import the command's module and return the command."""
        if name not in COMMANDS:
            return None
        module = import_module(f".{name}_command", __package__)
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands with their lines from `COMMANDS`."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; a failure that a person can mend is two lines, never a traceback."""
        try:
            return super().invoke(ctx)
        except ScaffoldError as error:
            click.echo(f"{click.style('Error:', fg='red')} {error.message}", err=True)
            if error.hint:
                click.echo(f"{' ' * 6} {error.hint}", err=True)
            ctx.exit(error.exit_code)


@click.group(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="scaffold")
def scaffold() -> None:
    """Make Flask applications in the real world's layout, and keep them.

    \b
    Start with:  scaffold new "My Shop"
    """


def main() -> None:
    """Run the command ``scaffold``."""
    for stream in (sys.stdout, sys.stderr):  # LC_ALL=C, a pipe on Windows: never fail on a letter
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    scaffold(prog_name="scaffold")
