"""Logs: a line an event, with the id of its request; JSON, or readable in debug."""

import logging
import re
from time import perf_counter
from typing import TextIO, cast
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request, request_finished, request_started
from flask.logging import default_handler, wsgi_errors_stream
from structlog.typing import Processor

HEADER = "X-Request-ID"

# An id that a proxy in front has given is taken when it can't be anything else.
USABLE = re.compile(r"[\w.:=+/-]{1,128}", re.ASCII)

# One for the process, whatever the number of applications; each event is a line of it.
HANDLER = logging.StreamHandler(cast(TextIO, wsgi_errors_stream))

# What is said in each line, whoever logs it.
COMMON: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso"),
]

# The values of variables stay here: among them are passwords.
TRACEBACKS = structlog.processors.ExceptionRenderer(
    structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
)

log: structlog.stdlib.BoundLogger = structlog.get_logger(__package__)


class Logs:
    """Has structlog write all that is logged, and a line for each request."""

    def init_app(self, app: Flask) -> None:
        """Bind it to an application, and set up the logging of the process."""
        app.extensions["structlog"] = self
        configure(app.config["LOG_LEVEL"], readable=app.debug)
        app.logger.removeHandler(default_handler)
        request_started.connect(self.begin, app)
        request_finished.connect(self.finish, app)

    def begin(self, app: Flask) -> None:
        """Have all lines of this request carry its id."""
        g.request_began = perf_counter()
        given = request.headers.get(HEADER, "")
        g.request_id = given if USABLE.fullmatch(given) else uuid4().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=g.request_id)

    def finish(self, app: Flask, response: Response) -> None:
        """Tell the client the id, and write the line of the request."""
        response.headers[HEADER] = g.request_id
        log.info(
            "request",
            method=request.method,
            path=request.path,
            status=response.status_code,
            address=request.remote_addr,
            milliseconds=round(1000 * (perf_counter() - g.request_began), 1),
        )


def configure(level: int | str, *, readable: bool) -> None:
    """Have structlog and the standard library's loggers write the same lines."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *COMMON,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    shown: list[Processor] = (
        [structlog.dev.ConsoleRenderer()]
        if readable
        else [
            TRACEBACKS,
            structlog.processors.JSONRenderer(),
        ]
    )
    HANDLER.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=COMMON,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *shown,
            ],
        )
    )
    root = logging.getLogger()
    root.addHandler(HANDLER)
    root.setLevel(level)
    logging.getLogger("werkzeug").addFilter(is_news)


def is_news(record: logging.LogRecord) -> bool:
    """Tell a line of the development server from one for a request, which we write."""
    return " - - [" not in str(record.msg)
