"""A stand-in of Dropbox on this machine, for tests: the few calls that are made."""

import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from requests import PreparedRequest, Response, Session
from requests.adapters import HTTPAdapter

TOKEN = "sl.token"
MODIFIED = "2026-11-22T12:00:00Z"


class Handler(BaseHTTPRequestHandler):
    """Answers as Dropbox does."""

    server: "DropboxServer"

    def do_POST(self) -> None:
        """Answer a call."""
        body = self.rfile.read(int(self.headers["Content-Length"] or 0))
        if self.path == "/oauth2/token":
            self.issue_token({k: v[0] for k, v in parse_qs(body.decode()).items()})
        elif self.headers["Authorization"] != f"Bearer {self.server.token}":
            summary = "expired_access_token/"
            error = {"error_summary": summary, "error": {".tag": summary[:-1]}}
            self.answer(401, error)
        elif self.path == "/2/files/upload":
            self.save(json.loads(self.headers["Dropbox-API-Arg"])["path"], body)
        elif self.path == "/2/files/list_folder":
            self.list_half(0)
        elif self.path == "/2/files/list_folder/continue":
            self.list_half(1)

    def issue_token(self, asked: dict[str, str]) -> None:
        """Give a token for the code, to the app that has the secret."""
        self.server.asked = asked
        if asked["code"] != "right" or asked["client_secret"] != "secret":
            return self.answer(400, {"error": "invalid_grant"})
        return self.answer(
            200,
            {
                "access_token": self.server.token,
                "token_type": "bearer",
                "expires_in": 14400,
                "account_id": "dbid:1",
                "uid": "1",
            },
        )

    def save(self, path: str, content: bytes) -> None:
        """Keep a file."""
        self.server.files[path] = content
        self.answer(200, self.describe(path))

    def list_half(self, half: int) -> None:
        """List every other file, so that there is always more to ask for."""
        entries = [self.describe(path) for path in list(self.server.files)[half::2]]
        self.answer(200, {"entries": entries, "cursor": "next", "has_more": half == 0})

    def describe(self, path: str) -> dict[str, Any]:
        """Return what Dropbox tells of a file."""
        return {
            ".tag": "file",
            "name": path.strip("/"),
            "id": "id:abcdefghijklmnopqrstuv",
            "client_modified": MODIFIED,
            "server_modified": MODIFIED,
            "rev": "0123456789abcdef",
            "size": len(self.server.files[path]),
            "path_lower": path.lower(),
            "path_display": path,
        }

    def answer(self, status: int, content: object) -> None:
        """Send JSON."""
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Stay silent."""


class DropboxServer(HTTPServer):
    """Listens on a free port of this machine, and keeps files in memory."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.token = TOKEN
        self.asked: dict[str, str] = {}
        self.files: dict[str, bytes] = {}

    def session(self) -> Session:
        """Return connections that lead here in place of to Dropbox."""
        session = Session()
        session.trust_env = False  # no proxy either
        session.mount("https://", Detour(f"http://127.0.0.1:{self.server_port}"))
        return session


class Detour(HTTPAdapter):
    """Sends requests to another place."""

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    def send(self, request: PreparedRequest, *args: Any, **kwargs: Any) -> Response:
        """Send a request there."""
        there = urlsplit(str(request.url))._replace(scheme="", netloc="").geturl()
        request.url = self.place + there
        return super().send(request, *args, **kwargs)
