"""Serve the application with waitress: what the process ``web`` runs."""

import logging
import os
import signal
import time
from threading import Event
from typing import Any

from flask import Flask, Response, request
from waitress import create_server

from .app import create_app

GRACE = 30  # seconds that running requests are given when the server is stopped

access_log = logging.getLogger("access")


def make_server(app: Flask, address: str, port: int, threads: int) -> Any:
    """Make a server that listens, and logs each request; waitress itself does not."""
    app.after_request(log_request)
    return create_server(
        app,
        host=address,
        port=port,
        threads=threads,
        ident="",
        max_request_body_size=app.config["MAX_CONTENT_LENGTH"],
        # They are the application's to judge, by TRUSTED_PROXIES.
        clear_untrusted_proxy_headers=False,
    )


def log_request(response: Response) -> Response:
    """Write one line for the request that is answered."""
    access_log.info(
        '%s "%s %s" %d',
        request.remote_addr,
        request.method,
        request.path,
        response.status_code,
    )
    return response


def serve(server: Any, stopped: Event) -> None:
    """Serve until the event is set, then give running requests the time to end."""
    loop, sockets = server.asyncore.loop, server._map
    while not stopped.is_set():
        loop(timeout=1, map=sockets, count=1)
    server.accepting = False
    end = time.monotonic() + GRACE
    while is_busy(server) and time.monotonic() < end:
        loop(timeout=0.1, map=sockets, count=1)
    server.task_dispatcher.shutdown()
    server.asyncore.close_all(sockets)


def is_busy(server: Any) -> bool:
    """Tell whether a request is still to be answered, or an answer to be sent."""
    channels = server.active_channels.values()
    return any(channel.requests or channel.total_outbufs_len for channel in channels)


def main() -> None:
    """Serve what the environment says until SIGTERM or Ctrl-C."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    app = create_app()
    port = os.environ.get("PORT")
    server = make_server(
        app,
        address="0.0.0.0" if port else "127.0.0.1",  # noqa: S104 - the platform's port
        port=int(port or 8000),
        threads=int(os.environ.get("WEB_THREADS") or 8),
    )
    stopped = Event()
    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, lambda *_: stopped.set())
    host, number = server.effective_host, server.effective_port
    access_log.info("Serving on http://%s:%s", host, number)
    serve(server, stopped)


if __name__ == "__main__":
    main()
