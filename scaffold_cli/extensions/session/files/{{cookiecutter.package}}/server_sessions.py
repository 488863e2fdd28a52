"""Sessions that are kept on the server: browsers hold nothing but their id."""

from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

import msgspec
from cachelib import FileSystemCache
from cachelib.serializers import FileSystemSerializer
from flask import Flask, current_app
from flask_session import Session
from redis import ConnectionError, Redis, TimeoutError

from .core.outages import add_outage
from .core.readiness import add_need

# More than so many files, and the oldest go: visitors who hold no cookie leave one each.
MOST_FILES = 50_000

TIMEOUT = 5  # seconds to wait for Redis; ?socket_timeout= in its address wins


class ServerSessions:
    """Flask-Session's sessions, in Redis or in files; one object serves several apps."""

    def init_app(self, app: Flask) -> None:
        """Have an application keep its sessions on the server."""
        app.config["SESSION_KEY_PREFIX"] = f"{app.import_name}:session:"
        if url := app.config["SESSION_REDIS_URL"]:
            app.config["SESSION_TYPE"] = "redis"
            server = Redis.from_url(url, socket_timeout=TIMEOUT)
            app.config["SESSION_REDIS"] = server
            add_need(app, "sessions", server.ping)
            add_outage(app, ConnectionError, TimeoutError)
        else:
            app.config["SESSION_TYPE"] = "cachelib"
            if "SESSION_CACHELIB" not in app.config:
                files = SessionFiles(app.config["SESSION_FOLDER"])
                app.config["SESSION_CACHELIB"] = files
        Session(app)
        app.session_interface.serializer = MessagePack()  # type: ignore[attr-defined]
        app.extensions["session"] = self

    def forget_all(self) -> None:
        """End all sessions of the current application."""
        config = current_app.config
        if config["SESSION_TYPE"] == "cachelib":
            config["SESSION_CACHELIB"].clear()
        else:
            server: Redis = config["SESSION_REDIS"]
            for key in server.scan_iter(f"{config['SESSION_KEY_PREFIX']}*"):
                server.delete(key)


class MessagePack(FileSystemSerializer):
    """What sessions are written as: unlike pickle, reading it never runs anything."""

    def encode(self, session: Mapping[str, Any]) -> bytes:
        """Return a session as Redis keeps it."""
        return msgspec.msgpack.encode(dict(session))

    def decode(self, data: bytes) -> Any:
        """Return what was encoded."""
        return msgspec.msgpack.decode(data)

    def dump(self, value: Any, f: IO[bytes], protocol: int = 0) -> None:
        """Write a session into its file."""
        f.write(msgspec.msgpack.encode(value))

    def load(self, f: IO[bytes]) -> Any:
        """Read what was dumped."""
        return msgspec.msgpack.decode(f.read())


class SessionFiles(FileSystemCache):
    """Keeps each session in a file, readable by this user only."""

    serializer = MessagePack()

    def __init__(self, folder: str | Path) -> None:
        super().__init__(str(folder), threshold=MOST_FILES)
