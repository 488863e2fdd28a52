"""From a command of the project to one of click's."""

import inspect
from collections.abc import Iterator
from typing import Any

import click
from click.shell_completion import CompletionItem
from flask.cli import ScriptInfo

from .commands import Command
from .parser import Parser, flags_of


class Returned(SystemExit):
    """What a command returned, which is the exit code of the program."""


class ClickCommand(click.Command):
    """A :class:`Command` as click runs it.

    :param name: what to type.
    """

    def __init__(self, name: str, command: Command) -> None:
        doc = command.__doc__ or ""
        description = inspect.cleandoc(command.description or doc)
        short = command.help or inspect.cleandoc(doc).partition("\n\n")[0]
        super().__init__(name, help=description, short_help=short)
        self.wrapped = command
        if command.help_args is not None:
            names = list(command.help_args)
            self.context_settings = {"help_option_names": names}

    def get_help_option_names(self, ctx: click.Context) -> list[str]:
        """Return the names for help that the command does not use itself."""
        used = set(flags_of(self.wrapped.get_options()))
        return [name for name in ctx.help_option_names if name not in used]

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words of the command line into ``ctx.params``."""
        if ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        parser = self._parser(ctx)
        values, left = parser.read(args)
        super().parse_args(ctx, parser.passed)
        if left and not self.wrapped.capture_all_args:
            parser.error(f"too many arguments: {' '.join(left)}")
        ctx.params.update(values)
        ctx.args = left
        return left

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what it returns becomes the exit code."""
        captured = [ctx.args] if self.wrapped.capture_all_args else []
        info = ctx.ensure_object(ScriptInfo)
        result = self.wrapped.start(info, *captured, **ctx.params)
        if result:
            raise Returned(result)
        return result

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write how the command is used, with each option."""
        usage = self._parser(ctx).format_usage()
        formatter.write("Usage: " + usage.removeprefix("usage: "))

    def format_options(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write what the options do."""
        self._parser(ctx).sections.write(formatter)

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list[CompletionItem]:
        """Complete the names of options."""
        return [
            CompletionItem(flag)
            for flag in self._flags(ctx)
            if incomplete and flag.startswith(incomplete)
        ]

    def _flags(self, ctx: click.Context) -> Iterator[str]:
        yield from flags_of(self.wrapped.get_options())
        yield from self.get_help_option_names(ctx)

    def _parser(self, ctx: click.Context) -> Parser:
        return Parser(ctx, self.wrapped.get_options(), self.wrapped.usage)
