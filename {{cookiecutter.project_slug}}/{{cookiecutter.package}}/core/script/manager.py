"""``Manager``: the commands of a project, over click and ``flask.cli``."""

import re
import sys
import warnings
from collections.abc import Callable, Mapping, Sequence
from inspect import signature
from pathlib import Path
from typing import Any, TypeVar, overload

import click
from click.exceptions import NoArgsIsHelpError
from flask import Flask, current_app
from flask.cli import FlaskGroup, NoAppException, ScriptInfo

from .adapter import ClickCommand, Returned
from .clean import Clean
from .commands import Command
from .options import Group, Option
from .parser import Parser, flags_of
from .server import Server
from .shell import Shell
from .urls import ShowUrls

Function = TypeVar("Function", bound=Callable[..., Any])
Decorator = Callable[[Callable[..., Any]], click.Command]
Finder = Callable[[click.Context, str], click.Command | None]


class Manager(FlaskGroup):
    """Runs commands with an application at hand.

    It is a group of click's: the commands of extensions, such as ``db``, and those of
    ``app.cli`` stand beside its own. A manager that is added to another one, as a
    command, gets the application from that one; its ``app`` may be a function of it
    and of the manager's options, which returns the application to go on with, or None.

    :param app: the application, or what makes it from the manager's options.
    :param with_default_commands: whether ``runserver``, ``shell``, ``urls`` and
        ``clean`` are added; by default, to a manager that is no command of another.
    :param usage: how the manager is used, in place of the usual line.
    :param help: what it is for, in the list of commands; by default ``usage``.
    :param description: what it is for, in its own help; by default ``usage``.
    :param disable_argcomplete: without meaning: it is click that completes words.
    :param settings: further ones of :class:`flask.cli.FlaskGroup`.
    """

    help_args: Sequence[str] = ("-?", "--help")

    def __init__(
        self,
        app: Any = None,
        with_default_commands: bool | None = None,
        usage: str | None = None,
        help: str | None = None,
        description: str | None = None,
        disable_argcomplete: bool = False,
        **settings: Any,
    ) -> None:
        super().__init__(
            add_default_commands=False,
            add_version_option=False,
            set_debug_flag=False,
            help=description or usage,
            short_help=help or usage,
            **settings,
        )
        self.params = [param for param in self.params if param.name != "app"]
        self.app = app
        self.usage = usage
        self.with_default_commands = with_default_commands
        self.parent: Manager | None = None
        self._factory = app
        self._options: list[Option | Group] = []

    def __call__(self, app: Any = None, **options: Any) -> Any:
        """Return the application for the commands.

        :param app: the application of the manager above; None: there is none above.
        :param options: the values of the manager's options.
        """
        if app is None:
            self.app = self._make_app(options)
            return self.app
        if takes_app(self._factory):
            return self._factory(**options, app=app) or app
        if options:
            warnings.warn("Options will be ignored.", stacklevel=2)
        return app

    def _make_app(self, options: Mapping[str, Any]) -> Any:
        if self._factory is None:
            raise NoAppException("This manager has no application.")
        if not isinstance(self._factory, Flask):
            return self._factory(**options)
        if options:
            warnings.warn("Options will be ignored.", stacklevel=3)
        return self._factory

    @overload  # type: ignore[override]
    def command(self, function: Function, /) -> Function: ...

    @overload
    def command(self, *args: Any, **kwargs: Any) -> Decorator: ...

    def command(self, *args: Any, **kwargs: Any) -> Any:
        """Make a command of a function.

        ``@manager.command`` alone takes the options from the signature, and gives the
        function back: see :class:`~.commands.Command`. With arguments,
        ``@manager.command("name")``, it is the decorator of click.
        """
        if len(args) == 1 and not kwargs and callable(args[0]):
            self.add_command(command_name(args[0]), Command(args[0]))
            return args[0]
        return super().command(*args, **kwargs)

    def option(self, *args: str, **kwargs: Any) -> Callable[[Function], Function]:
        """Make a command of a function, with the options of the decorators alone.

        The parameters are those of :class:`~.options.Option`. Each use on the same
        function adds an option.
        """

        def decorate(function: Function) -> Function:
            name = command_name(function)
            command = getattr(self.commands.get(name), "wrapped", None)
            if command is None or command.run is not function:
                command = Command(function)
                command.option_list = ()
                self.add_command(name, command)
            command.add_option(Option(*args, **kwargs))
            return function

        return decorate

    def shell(self, function: Function) -> Function:
        """Have the names that a function returns at hand in the shell."""
        self.add_command("shell", Shell(make_context=function))
        return function

    def add_option(self, *args: str, **kwargs: Any) -> None:
        """Add an option of the manager's own, which comes before the command.

        Its value is passed to what makes the application. The parameters are those of
        :class:`~.options.Option`.
        """
        self._options.append(Option(*args, **kwargs))

    def get_options(self) -> Sequence[Option | Group]:
        """Return the manager's own options."""
        return self._options

    def add_command(
        self, command: Any, name: Any = None, namespace: str | None = None
    ) -> None:
        """Add a command under a name.

        :param command: a command, or the class of one; as in Flask-Script, it may also
            come second, after its name.
        :param name: what to type; by default the command's own.
        :param namespace: a group to put it in, made if needed; else the command's own.
        """
        if command is None or isinstance(command, str):
            command, name = name, command
        if isinstance(command, type):
            command = command()
        name = name or command.name or class_name(command)
        namespace = namespace or getattr(command, "namespace", None)
        if isinstance(command, Command):
            command = ClickCommand(name, command)
        if namespace:
            if namespace not in self.commands:
                self.add_command(Manager(), namespace)
            group: Any = self.commands[namespace]
            group.add_command(command, name)
            return
        if isinstance(command, Manager):
            command.parent = self
        super().add_command(command, name)

    def add_default_commands(self) -> None:
        """Add ``runserver``, ``shell``, ``urls`` and ``clean``, but for those there are."""
        defaults = {
            "runserver": Server,
            "shell": Shell,
            "urls": ShowUrls,
            "show-urls": ShowUrls,
            "clean": Clean,
        }
        for name, command in defaults.items():
            if name not in self.commands:
                self.add_command(name, command)
                self.commands[name].hidden = name == "show-urls"

    def set_defaults(self) -> None:
        """Add the default commands once, where they are wanted."""
        if self.with_default_commands is None:
            self.with_default_commands = self.parent is None
        if self.with_default_commands:
            self.add_default_commands()
        self.with_default_commands = False

    def make_context(
        self,
        info_name: str | None,
        args: list[str],
        parent: click.Context | None = None,
        **extra: Any,
    ) -> click.Context:
        """Get ready for a command line."""
        self.set_defaults()
        names = self.context_settings.get("help_option_names", self.help_args)
        extra.setdefault("help_option_names", list(names))
        return super().make_context(info_name, args, parent, **extra)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the manager's options, and leave the rest to click."""
        values: dict[str, Any] = {}
        self._bind(ctx, values)
        if ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        parser = Parser(ctx, self.get_options())
        if not args:
            parser.require_nothing()
        given, rest = parser.read_leading(args)
        values.update(given)
        try:
            return super().parse_args(ctx, [*parser.passed, *rest])
        except NoArgsIsHelpError as error:
            click.echo(error.format_message(), color=ctx.color)
            ctx.exit(2)

    def _bind(self, ctx: click.Context, values: Mapping[str, Any]) -> None:
        """Have the application made by this manager, when a command asks for it.

        One that is current, or that was passed in, as tests do, is taken as it is.
        """
        above = ctx.parent.find_object(ScriptInfo) if ctx.parent else None
        info = ctx.ensure_object(ScriptInfo)
        if above is not None:
            info.create_app = lambda: self(above.load_app(), **values)
        elif current_app:
            app = current_app._get_current_object()  # type: ignore[attr-defined]
            ctx.obj = ScriptInfo(create_app=lambda: app, set_debug_flag=False)
        elif info.create_app is None:
            info.create_app = lambda: self(**values)

    def get_help_option_names(self, ctx: click.Context) -> list[str]:
        """Return the names for help that are no options of the manager's own."""
        used = set(flags_of(self.get_options()))
        return [name for name in ctx.help_option_names if name not in used]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Find a command; ``list_users`` is ``list-users`` too.

        Only on top are those of the application found, not below another manager.
        """
        spellings = dict.fromkeys([name, name.replace("_", "-")])
        find: list[Finder] = [super(FlaskGroup, self).get_command]
        if ctx.parent is None:
            find.append(super().get_command)
        for get_command in find:
            for spelling in spellings:
                command = get_command(ctx, spelling)
                if command is not None:
                    return command
        return None

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, on top with those of the application."""
        if ctx.parent is None:
            return super().list_commands(ctx)
        return super(FlaskGroup, self).list_commands(ctx)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage that the manager was given, or the usual line."""
        if self.usage:
            formatter.write(f"Usage: {self.usage}\n")
        else:
            super().format_usage(ctx, formatter)

    def format_options(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        """Write what the manager's options do, and its commands."""
        Parser(ctx, self.get_options()).sections.write(formatter)
        self.format_commands(ctx, formatter)

    def handle(self, prog: str, args: Sequence[str] | None = None) -> Any:
        """Run a command line, and return what the command returns.

        :param prog: the name of the program, for messages.
        :raises SystemExit: when the words can't be understood.
        """
        try:
            return self.main(list(args or []), Path(prog).name, standalone_mode=False)
        except Returned as returned:
            return returned.code
        except click.ClickException as error:
            error.show()
            sys.exit(error.exit_code)

    def run(
        self,
        commands: Mapping[str, Any] | None = None,
        default_command: str | None = None,
    ) -> None:
        """Run the command that the command line asks for, and exit.

        :param commands: further commands, by name.
        :param default_command: what to run when nothing is asked for.
        """
        for name, command in (commands or {}).items():
            self.add_command(name, command)
        args = None
        if default_command is not None and len(sys.argv) == 1:
            args = [default_command]
        self.main(args)


def takes_app(function: Any) -> bool:
    """Return whether something can be called with an ``app``."""
    if function is None or isinstance(function, Flask):
        return False
    parameters = signature(function).parameters.values()
    return any(p.name == "app" or p.kind is p.VAR_KEYWORD for p in parameters)


def command_name(function: Callable[..., Any]) -> str:
    """Return the name of the command that a function becomes."""
    return function.__name__.replace("_", "-")


def class_name(command: object) -> str:
    """Return the name that a command without one has from its class."""
    return re.sub("command$", "", type(command).__name__.lower())
