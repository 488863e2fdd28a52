"""What happens when visitors come and go."""

from flask import request
from flask_socketio import Namespace


class Visitors(Namespace):
    """Counts the open pages, and tells all of them the number."""

    def __init__(self, namespace: str) -> None:
        super().__init__(namespace)
        self.present: set[str] = set()

    def on_connect(self) -> None:
        """Count a page that was opened."""
        self.present.add(request.sid)  # type: ignore[attr-defined]
        self.tell()

    def on_disconnect(self, reason: str) -> None:
        """Count a page that was left no longer."""
        self.present.discard(request.sid)  # type: ignore[attr-defined]
        self.tell()

    def tell(self) -> None:
        """Send the number to all pages."""
        self.emit("visitors", len(self.present))
