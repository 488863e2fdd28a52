"""``Command``: something to do with an application at hand."""

from collections.abc import Callable, Sequence
from typing import Any

from flask.cli import ScriptInfo

from .options import Group, Option, options_of


class InvalidCommand(SystemExit, Exception):  # noqa: N818
    """What was asked for can't be done.

    Raised in a command it ends the program with its message, exit code 1 and no
    traceback, unless it is caught.
    """


class Command:
    """A command: inherit from it and write ``run``, or give it a function.

    ``option_list`` or ``get_options`` say what it takes; ``run`` gets the values by
    name, and is called in the context of a test request. What it returns is the exit
    code. ``__call__`` can be overridden to run without that context.

    :param func: the function to make a command of: see :func:`~.options.options_of`.
    """

    name: str | None = None  # in place of the class's name in lower case
    namespace: str | None = None  # the group of commands in which it stands
    usage: str | None = None
    help: str | None = None  # in the list of commands; else from the docstring
    description: str | None = None  # in its own help; else the docstring
    help_args: Sequence[str] | None = None  # else those of the manager
    option_list: Sequence[Option | Group] = ()
    capture_all_args = False  # whether ``run`` is given the words that are left, first

    def __init__(self, func: Callable[..., Any] | None = None) -> None:
        if func is not None:
            self.run = func  # type: ignore[method-assign]
            self.option_list = options_of(func)
            self.__doc__ = func.__doc__

    def add_option(self, option: Option | Group) -> None:
        """Add an option to those that are there."""
        self.option_list = [*self.option_list, option]

    def get_options(self) -> Sequence[Option | Group]:
        """Return what the command takes: override it to decide late."""
        return self.option_list

    def run(self, *args: Any, **kwargs: Any) -> Any:
        """Do it."""
        raise NotImplementedError

    def __call__(self, app: Any = None, *args: Any, **kwargs: Any) -> Any:
        """Run in the context of a test request to an application."""
        with app.test_request_context():
            return self.run(*args, **kwargs)

    def start(self, info: ScriptInfo, *args: Any, **kwargs: Any) -> Any:
        """Have the application made, and call the command with it."""
        return self(info.load_app(), *args, **kwargs)
