"""The command that runs the development server."""

import os
import traceback
from argparse import BooleanOptionalAction
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NoReturn

import click
from flask.cli import ScriptInfo, show_server_banner
from flask.helpers import get_debug_flag
from werkzeug.serving import is_running_from_reloader, run_simple

from .commands import Command
from .options import Option

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class Server(Command):
    """Run the development server. It is not made for production.

    :param host: the address to listen at.
    :param port: the port to listen on.
    :param use_debugger: whether debug is on; else the application says it.
    :param use_reloader: whether to start anew on changes; by default when debug is on.
    :param threaded: whether each request has a thread of its own.
    :param processes: how many processes there may be, one for a request.
    :param passthrough_errors: whether the server dies of errors, for debuggers.
    :param ssl_crt: the path of a certificate, for HTTPS.
    :param ssl_key: the path of its key.
    :param options: further ones of :func:`werkzeug.serving.run_simple`.
    """

    help = "Run the development server."
    description = help + " It is not made for production."

    def __init__(
        self,
        host: str = "127.0.0.1",
        port: int = 5000,
        use_debugger: bool | None = None,
        use_reloader: bool | None = None,
        threaded: bool = True,
        processes: int = 1,
        passthrough_errors: bool = False,
        ssl_crt: str | None = None,
        ssl_key: str | None = None,
        **options: Any,
    ) -> None:
        super().__init__()
        self.host = host
        self.port = port
        self.use_debugger = use_debugger
        self.use_reloader = use_debugger if use_reloader is None else use_reloader
        self.threaded = threaded
        self.processes = processes
        self.passthrough_errors = passthrough_errors
        self.ssl_crt = ssl_crt
        self.ssl_key = ssl_key
        self.server_options = options

    def get_options(self) -> Sequence[Option]:
        """Return the options, with what the constructor was given as defaults."""
        return [
            Option("-h", "--host", default=self.host, help=SHOWN),
            Option("-p", "--port", type=int, default=self.port, help=SHOWN),
            *_switch("-d", "--debug", "use_debugger", self.use_debugger, DEBUG),
            *_switch("-r", "--reload", "use_reloader", self.use_reloader, RELOAD),
            Option(
                "--threaded",
                action=BooleanOptionalAction,
                default=self.threaded,
                help="Give each request a thread of its own, or not.",
            ),
            Option("--processes", type=int, default=self.processes, help=SHOWN),
            Option(
                "--passthrough-errors",
                action="store_true",
                default=self.passthrough_errors,
                help="Die of errors, for debuggers to see them.",
            ),
            Option("--ssl-crt", default=self.ssl_crt, help="Certificate, for HTTPS."),
            Option("--ssl-key", default=self.ssl_key, help="Its key."),
        ]

    def __call__(self, app: Any = None, *args: Any, **kwargs: Any) -> None:
        """Run the server, outside any request."""
        self.serve(app, *args, **kwargs)

    def serve(
        self,
        app: Any,
        host: str,
        port: int,
        use_debugger: bool | None,
        use_reloader: bool | None,
        threaded: bool,
        processes: int,
        passthrough_errors: bool,
        ssl_crt: str | None,
        ssl_key: str | None,
    ) -> None:
        """Serve an application until it is stopped."""
        if bool(ssl_crt) != bool(ssl_key):
            raise click.UsageError("--ssl-crt and --ssl-key need each other.")
        debug = _wants_debug(app) if use_debugger is None else use_debugger
        app.debug = debug
        show_server_banner(debug, app.name)
        run_simple(
            host,
            port,
            app,
            use_reloader=debug if use_reloader is None else use_reloader,
            use_debugger=debug,
            threaded=threaded and processes == 1,
            processes=processes,
            passthrough_errors=passthrough_errors,
            ssl_context=(ssl_crt, ssl_key) if ssl_crt and ssl_key else None,
            **self.server_options,
        )

    def start(self, info: ScriptInfo, *args: Any, **kwargs: Any) -> Any:
        """Say to the application, before it is made, whether debug is on."""
        debug = kwargs.get("use_debugger")
        if debug is not None:
            os.environ["FLASK_DEBUG"] = str(int(debug))
        try:
            app = info.load_app()
        except Exception as error:
            if not is_running_from_reloader():
                raise
            traceback.print_exc()
            return self(BrokenApp(error), *args, **kwargs)
        return self(app, *args, **kwargs)


class BrokenApp:
    """Stands for an application that could not be made after a change: it tells why."""

    name = "(it does not start)"

    def __init__(self, error: Exception) -> None:
        self.error = error
        self.debug = get_debug_flag()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> NoReturn:
        """Raise the error, for the debugger to show it."""
        raise self.error


SHOWN = "[default: %(default)s]"
DEBUG = ("Turn debug on: nobody else may reach the server.", "Turn debug off.")
RELOAD = ("Start anew when a file changes.", "Do not start anew.")


def _switch(
    short: str, long: str, dest: str, default: bool | None, helps: tuple[str, str]
) -> list[Option]:
    """Return an option to switch on, and with a capital letter one to switch off."""
    on, off = helps
    no = long.replace("--", "--no-")
    target = {"dest": dest, "default": default}
    return [
        Option(short, long, action="store_true", help=on, **target),
        Option(short.upper(), no, action="store_false", help=off, **target),
    ]


def _wants_debug(app: Any) -> bool:
    """Return whether the application is in debug mode; one that says None is."""
    if app.debug is None:
        click.echo("Debug is on: nobody else may reach this server.", err=True)
        return True
    return bool(app.debug)
