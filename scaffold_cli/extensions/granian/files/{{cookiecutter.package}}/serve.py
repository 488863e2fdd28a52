"""Serve the application with Granian: what the process ``web`` runs."""

import os

from granian import Granian
from granian.constants import HTTPModes, Interfaces


def main() -> None:
    """Serve what the environment says until SIGTERM or Ctrl-C."""
    port = os.environ.get("PORT")
    server = Granian(
        f"{__package__}.app:app",
        address="0.0.0.0" if port else "127.0.0.1",  # noqa: S104 - the platform's port
        port=int(port or 8000),
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        websockets=False,
        workers=int(os.environ.get("WEB_CONCURRENCY") or 2),
        blocking_threads=int(os.environ.get("WEB_THREADS") or 4),
        respawn_failed_workers=True,
        workers_kill_timeout=30,  # seconds that running requests are given
        log_access=True,
    )
    server.serve()


if __name__ == "__main__":
    main()
