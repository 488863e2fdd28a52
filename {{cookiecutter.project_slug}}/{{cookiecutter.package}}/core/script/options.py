"""What commands take: options and arguments, in the words of argparse."""

import argparse
import inspect
from collections.abc import Callable, Sequence
from typing import Any

NO_DEFAULT = inspect.Parameter.empty
COLLECTING = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
NUMBERS: dict[object, type] = {int: int, "int": int, float: float, "float": float}


class Option:
    """An option or a positional argument.

    The parameters are those of :meth:`argparse.ArgumentParser.add_argument`.
    """

    def __init__(self, *args: str, **kwargs: Any) -> None:
        self.args = args
        self.kwargs = kwargs


class Group:
    """Options that stand together in the help, or that exclude each other.

    :param options: the options.
    :param title: the heading in the help.
    :param description: what the help says below the heading.
    :param exclusive: whether only one of them may be given.
    :param required: whether one of an exclusive group must be given.
    :raises TypeError: for a heading on a group that is exclusive or required.
    """

    def __init__(
        self,
        *options: Option,
        title: str | None = None,
        description: str | None = None,
        exclusive: bool | None = None,
        required: bool | None = None,
    ) -> None:
        if (title or description) and (exclusive or required):
            raise TypeError("An exclusive group has no title and no description.")
        self.option_list = options
        self.title = title
        self.description = description
        self.exclusive = exclusive
        self.required = required

    def get_options(self) -> Sequence[Option]:
        """Return the options: override it to decide late."""
        return self.option_list


def options_of(function: Callable[..., Any]) -> list[Option]:
    """Return options and arguments for a function's parameters.

    A parameter without default is an argument, one with a default an option with a
    long name and, where the letter is free, a short one; a bool makes it a switch.
    """
    letters: set[str] = set()
    return [
        _option(parameter, letters)
        for parameter in inspect.signature(function).parameters.values()
        if parameter.kind not in COLLECTING
    ]


def _option(parameter: inspect.Parameter, letters: set[str]) -> Option:
    """Make one option; its letter is added to those that are in use."""
    name, default = parameter.name, parameter.default
    if default is NO_DEFAULT:
        return Option(name, type=_type(parameter))
    flags = ["--" + name.replace("_", "-")]
    if name[0] not in letters:
        letters.add(name[0])
        flags.insert(0, "-" + name[0])
    if isinstance(default, bool):
        action = argparse.BooleanOptionalAction if default else "store_true"
        return Option(*flags, dest=name, action=action, default=default)
    shown = None if default in (None, "") else "[default: %(default)s]"
    return Option(*flags, dest=name, type=_type(parameter), default=default, help=shown)


def _type(parameter: inspect.Parameter) -> Any:
    """Return the type to convert to: the default's, or else int or float if annotated."""
    if parameter.default not in (NO_DEFAULT, None):
        return type(parameter.default)
    return NUMBERS.get(parameter.annotation, str)
