"""Socket.IO, bound to applications: each has its own visitors."""

from typing import Any

from flask import Flask, current_app
from flask_socketio import SocketIO

from .visitors.events import Visitors


class Sockets:
    """Holds the connections of visitors, and sends them events.

    Flask-SocketIO keeps one application's; here, each application has an object of
    its own in ``app.extensions["socketio"]``, and the current one's is used.
    """

    def init_app(self, app: Flask) -> None:
        """Serve ``/socket.io`` in front of the application's own pages."""
        app.extensions["socketio"] = SocketIO(
            app,
            async_mode="threading",
            # Anything else would need all requests of a visitor to meet one process.
            transports=["websocket"],
            always_connect=True,
            message_queue=app.config["SOCKETIO_MESSAGE_QUEUE"] or None,
        )
        app.extensions["socketio"].on_namespace(Visitors("/"))

    def emit(self, event: str, *arguments: Any, **options: Any) -> None:
        """Send an event to all visitors of the current application."""
        current_app.extensions["socketio"].emit(event, *arguments, **options)
