"""Serve the application with Tornado: what the process ``web`` runs."""

import asyncio
import logging
import os
import signal
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from socket import socket

from flask import Flask
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.netutil import bind_sockets
from tornado.wsgi import WSGIContainer

from .app import create_app

GRACE = 30  # seconds that running requests are given when the server is stopped

logger = logging.getLogger("tornado.access")


class Container(WSGIContainer):
    """Runs the application in threads, else requests would wait for each other."""

    def __init__(self, app: Flask, threads: int) -> None:
        super().__init__(app, executor=ThreadPoolExecutor(threads))
        self.running = 0

    async def handle_request(self, request: HTTPServerRequest) -> None:
        """Answer a request, and know that it is running."""
        self.running += 1
        try:
            await super().handle_request(request)
        finally:
            self.running -= 1


async def serve(
    app: Flask, sockets: Iterable[socket], threads: int, stopped: asyncio.Event
) -> None:
    """Serve until the event is set, then give running requests the time to end."""
    container = Container(app, threads)
    limit = app.config["MAX_CONTENT_LENGTH"]
    server = HTTPServer(container, max_body_size=limit, max_buffer_size=limit)
    server.add_sockets(sockets)
    await stopped.wait()
    server.stop()
    end = time.monotonic() + GRACE
    while container.running and time.monotonic() < end:
        await asyncio.sleep(0.05)


async def main() -> None:
    """Serve what the environment says until SIGTERM or Ctrl-C."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    app = create_app()
    port = os.environ.get("PORT")
    address = "0.0.0.0" if port else "127.0.0.1"  # noqa: S104 - the platform's port
    sockets = bind_sockets(int(port or 8000), address)
    threads = int(os.environ.get("WEB_THREADS") or 8)
    stopped, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stopped.set))
    logger.info("Serving on http://%s:%d", *sockets[0].getsockname())
    await serve(app, sockets, threads, stopped)


if __name__ == "__main__":
    asyncio.run(main())
