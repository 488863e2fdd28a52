"""Redis as a Flask extension, after "Flask-And-Redis" of *In Flask we Trust*."""

from typing import Any

import redis
from flask import Flask, current_app

from .core.outages import add_outage
from .core.readiness import add_need


class Redis:
    """The Redis client of an application, used as if it were the client itself.

    One object may serve several applications: each has a client of its own in
    ``app.extensions["redis"]``, and the current application's is the one used.
    """

    def __init__(self, app: Flask | None = None) -> None:
        """Bind to an application at once, if there is only one."""
        self.app = app
        if app is not None:
            self.init_app(app)

    def init_app(self, app: Flask) -> None:
        """Make the application's client, as its ``REDIS_URL`` says."""
        client = app.extensions["redis"] = connect(
            app.config["REDIS_URL"],
            ssl_cert_reqs=app.config.get("REDIS_SSL_CERT_REQS", "required"),
            timeout=app.config.get("REDIS_TIMEOUT", 5),
        )
        add_need(app, "redis", client.ping)
        add_outage(app, redis.ConnectionError, redis.TimeoutError)

    @property
    def client(self) -> redis.Redis:
        """The client of the application bound to, or else of the current one."""
        client: redis.Redis = (self.app or current_app).extensions["redis"]
        return client

    def __getattr__(self, name: str) -> Any:
        """Pass Redis commands on to the client: ``redis.incr("views")``."""
        return getattr(self.client, name)


def connect(url: str, ssl_cert_reqs: str = "required", timeout: int = 5) -> redis.Redis:
    """Return a client for an address; it connects at its first command."""
    if url.startswith("fake://"):
        # Only here, so that an application with a server does without it.
        import fakeredis

        return fakeredis.FakeRedis(server=fakeredis.FakeServer())
    url = server_url(url, ssl_cert_reqs)
    return redis.Redis.from_url(url, socket_timeout=timeout)


def server_url(url: str, ssl_cert_reqs: str) -> str:
    """Return a server's address, which says how its certificate is checked.

    ``fake://`` is no server's: for that it is empty.
    """
    if url.startswith("fake://"):
        return ""
    if not url.startswith("rediss://") or "ssl_cert_reqs=" in url:
        return url
    return f"{url}{'&' if '?' in url else '?'}ssl_cert_reqs={ssl_cert_reqs}"
