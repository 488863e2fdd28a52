"""``Manager``: the commands of a project, over click and ``flask.cli``."""

from collections.abc import Callable
from typing import Any

import click
from flask import Flask
from flask.cli import FlaskGroup, routes_command, run_command, shell_command

from .commands import command_from


class Manager(FlaskGroup):
    """Runs commands with an application at hand, as Flask-Script's Manager did.

    It brings ``runserver``, ``shell`` and ``urls``; the commands of extensions, such as
    ``db``, and those of ``app.cli`` stand beside them.

    :param create_app: makes the application, when a command needs it.
    """

    def __init__(self, create_app: Callable[[], Flask], **options: Any) -> None:
        super().__init__(
            create_app=create_app,
            add_default_commands=False,
            add_version_option=False,
            set_debug_flag=False,
            **options,
        )
        self.params = [param for param in self.params if param.name != "app"]
        self.add_command(run_command, "runserver")
        self.add_command(shell_command, "shell")
        self.add_command(routes_command, "urls")

    def command(self, *args: Any, **kwargs: Any) -> Any:
        """Make a command of a function.

        ``@manager.command`` alone takes the parameters from the signature, and gives
        the function back: see :func:`~.commands.command_from`. With arguments,
        ``@manager.command("name")``, it is the decorator of click.
        """
        if len(args) == 1 and not kwargs and not isinstance(args[0], str):
            self.add_command(command_from(args[0]))
            return args[0]
        return super().command(*args, **kwargs)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Find a command; ``list_users`` is ``list-users`` too."""
        command = super().get_command(ctx, name)
        if command is None and "_" in name:
            command = super().get_command(ctx, name.replace("_", "-"))
        return command

    def run(self) -> None:
        """Run the command that the command line asks for, and exit."""
        self.main()
