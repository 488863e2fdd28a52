"""From a plain function to a command."""

import inspect
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any

import click
from flask.cli import with_appcontext

NO_DEFAULT = inspect.Parameter.empty


def command_from(function: Callable[..., Any]) -> click.Command:
    """Make a command whose arguments and options are the function's parameters.

    A parameter without default is an argument, one with a default an option with a
    short and a long name, and one with a bool as default a switch. The docstring is
    the help. The command runs in the application's context; an int that the function
    returns is the exit code.
    """

    @wraps(function)
    def run(**values: Any) -> None:
        result = function(**values)
        if isinstance(result, int):
            raise SystemExit(int(result))

    return click.Command(
        function.__name__.replace("_", "-"),
        params=list(_params(function)),
        help=inspect.getdoc(function),
        callback=with_appcontext(run),
    )


def _params(function: Callable[..., Any]) -> Iterator[click.Parameter]:
    """Make click's parameters of a function's; -h and letters in use are left out."""
    taken = {"h"}
    for parameter in inspect.signature(function, eval_str=True).parameters.values():
        if parameter.default is NO_DEFAULT:
            yield click.Argument([parameter.name], type=_type(parameter))
            continue
        letter = parameter.name[0]
        yield _option(parameter, "" if letter in taken else f"-{letter}")
        taken.add(letter)


def _option(parameter: inspect.Parameter, short: str) -> click.Option:
    long = "--" + parameter.name.replace("_", "-")
    if isinstance(parameter.default, bool):
        switch = f"{long}/--no-{long[2:]}" if parameter.default else long
        names = [parameter.name, switch, *filter(None, [short])]
        return click.Option(names, is_flag=True, default=parameter.default)
    names = [parameter.name, long, *filter(None, [short])]
    return click.Option(
        names, type=_type(parameter), default=parameter.default, show_default=True
    )


def _type(parameter: inspect.Parameter) -> Any:
    """Return the type to convert to: the default's, or else the annotated one."""
    if parameter.default not in (NO_DEFAULT, None):
        return type(parameter.default)
    return parameter.annotation if parameter.annotation in (int, float) else str
