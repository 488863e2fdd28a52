"""From the words of a command line to values: argparse reads, click speaks."""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any, NoReturn

import click

from .options import Group, Option
from .sections import Sections, usage_prefix

REST = "the rest"  # a name that no option can have


class Parser(argparse.ArgumentParser):
    """Reads a command's options; what is wrong with them is an error of click.

    Click's own options of the command, such as ``--help``, are recognised and left to
    click, in ``passed``.

    :param ctx: the context of the command.
    :param options: what the command takes.
    :param usage: how it is used, if the options are not to tell it.
    """

    def __init__(
        self,
        ctx: click.Context,
        options: Iterable[Option | Group],
        usage: str | None = None,
    ) -> None:
        super().__init__(prog=usage_prefix(ctx), usage=usage, add_help=False)
        if sys.version_info >= (3, 14):
            self.color = False  # click shows it
        self.ctx = ctx
        self.passed: list[str] = []
        self.sections = Sections()
        self._flags: set[str] = set()
        self._required: list[Any] = []  # options, and groups of which one is
        for option in options:
            self._add(option)
        for param in ctx.command.get_params(ctx):
            if isinstance(param, click.Option):
                self._pass_on(param)

    def read(self, words: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
        """Return the values by name, and the words that no option has taken."""
        values, left = self.parse_known_args([self._spelled(word) for word in words])
        return vars(values), left

    def read_leading(self, words: Sequence[str]) -> tuple[dict[str, Any], list[str]]:
        """Return the values of the options at the beginning, and the words after them."""
        self.add_argument(REST, nargs=argparse.REMAINDER)
        values, left = self.read(words)
        if left:
            self.error(f"too many arguments: {' '.join(left)}")
        return values, values.pop(REST)

    def error(self, message: str) -> NoReturn:
        """Have click say what is wrong, and how the command is used."""
        raise click.UsageError(message, self.ctx)

    def require_nothing(self) -> None:
        """Let everything be left out: who asks for help can't know what to give."""
        for item in self._required:
            item.required = False

    def _add(self, item: Option | Group) -> None:
        """Add an option, or those of a group."""
        if isinstance(item, Option):
            self._note(self.add_argument(*item.args, **item.kwargs))
            return
        group: Any = (
            self.add_mutually_exclusive_group(required=bool(item.required))
            if item.exclusive
            else self.add_argument_group(item.title, item.description)
        )
        if item.required:
            self._required.append(group)
        if item.title:
            self.sections.begin(item.title, item.description)
        for option in item.get_options():
            action = group.add_argument(*option.args, **option.kwargs)
            self._note(action, item.title)

    def _note(self, action: argparse.Action, title: str | None = None) -> None:
        self._flags.update(action.option_strings)
        if action.required:
            self._required.append(action)
        self.sections.add(action, self.prog, title)

    def _pass_on(self, param: click.Option) -> None:
        """Recognise an option of click's, unless the command has one of that name."""
        flags = (*param.opts, *param.secondary_opts)
        if self._flags.isdisjoint(flags):
            self._flags.update(flags)
            nargs = 0 if param.is_flag else None
            keep = partial(self._keep, param)
            self.add_argument(*flags, action=Passed, nargs=nargs, keep=keep)
            self.sections.add_record(param.get_help_record(self.ctx))

    def _keep(self, param: click.Option, words: list[str]) -> None:
        self.passed += words
        if param is self.ctx.command.get_help_option(self.ctx):
            self.require_nothing()

    def _spelled(self, word: str) -> str:
        """Return ``--with-hyphens`` for an option written ``--with_underscores``."""
        flag, equals, value = word.partition("=")
        hyphened = flag.replace("_", "-")
        meant = flag not in self._flags and hyphened in self._flags
        return hyphened + equals + value if meant else word


class Passed(argparse.Action):
    """An option that is kept for click.

    :param keep: called with its words.
    """

    def __init__(
        self,
        option_strings: Sequence[str],
        dest: str,
        nargs: int | None,
        keep: Callable[[list[str]], None],
    ) -> None:
        super().__init__(option_strings, argparse.SUPPRESS, nargs)
        self.keep = keep

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        """Keep the words, the option's name and its value."""
        given = [values] if isinstance(values, str) else values or []
        self.keep([option_string or "", *given])


def flags_of(options: Iterable[Option | Group]) -> Iterator[str]:
    """Yield the names with hyphens: ``-n``, ``--name``."""
    for option in options:
        if isinstance(option, Group):
            yield from flags_of(option.get_options())
        else:
            yield from (name for name in option.args if name.startswith("-"))
