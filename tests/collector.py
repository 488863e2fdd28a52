"""Takes on loopback what a project sends by HTTP: reports in Sentry's envelopes, traces in OTLP's protobuf."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class Collector(ThreadingHTTPServer):
    """Takes whatever is posted to it, and keeps it: path and body."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.posts: list[tuple[str, bytes]] = []

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def dsn(self) -> str:
        """Its address as Sentry writes it."""
        return self.address.replace("//", "//key@") + "/1"

    def bodies(self, path: str) -> list[bytes]:
        """Return what was posted to a path."""
        return [body for posted, body in self.posts if posted == path]

    def reports(self, text: str) -> list[bytes]:
        """Return the envelopes that came for Sentry and have a text in them."""
        return [body for body in self.bodies("/api/1/envelope/") if text.encode() in body]

    def traces(self) -> bytes:
        """Return all spans that came, one after the other."""
        return b"".join(self.bodies("/v1/traces"))


class _Handler(BaseHTTPRequestHandler):
    server: Collector

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        self.server.posts.append((self.path, body))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextmanager
def collecting() -> Iterator[Collector]:
    """Listen on a free port of loopback."""
    with Collector() as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
