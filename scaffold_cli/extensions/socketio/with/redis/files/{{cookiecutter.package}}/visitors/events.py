"""What happens when visitors come and go."""

from time import time

from flask import current_app, request
from flask_socketio import Namespace

# A page says each 30 seconds that it is open, and each minute in the background; after
# so many seconds of silence, the server that it was connected to has died.
SILENCE = 150


class Visitors(Namespace):
    """Counts the open pages of all servers in Redis, and tells all of them the number."""

    def on_connect(self) -> None:
        """Count a page that was opened."""
        self.on_here()
        self.tell()

    def on_here(self) -> None:
        """Go on counting a page, as it is still open."""
        sid = request.sid  # type: ignore[attr-defined]
        current_app.extensions["redis"].zadd("visitors", {sid: time()})

    def on_disconnect(self, reason: str) -> None:
        """Count a page that was left no longer."""
        sid = request.sid  # type: ignore[attr-defined]
        current_app.extensions["redis"].zrem("visitors", sid)
        self.tell()

    def tell(self) -> None:
        """Send the number to all pages."""
        redis = current_app.extensions["redis"]
        redis.zremrangebyscore("visitors", 0, time() - SILENCE)
        self.emit("visitors", redis.zcard("visitors"))
