"""Lines of a task carry the id of the request that asked for it."""

import tempfile
from pathlib import Path

from structlog.contextvars import clear_contextvars, get_contextvars

from ..app import create_app
from ..extensions import queue
from ..logs import HEADER
from .base import TEST_SETTINGS, AppTestCase

seen: list[str | None] = []


@queue.task()
def see_id() -> None:
    """Keep the id that its lines carry."""
    seen.append(get_contextvars().get("request_id"))


class TaskLogsTest(AppTestCase):
    def test_a_task_has_the_id_of_its_request_and_the_next_has_none(self) -> None:
        self.addCleanup(clear_contextvars)
        self.addCleanup(seen.clear)
        folder = self.enterContext(tempfile.TemporaryDirectory())
        url = f"sqlite:///{Path(folder, 'tasks.db')}"
        app = create_app({**TEST_SETTINGS, "HUEY_URL": url})

        @app.get("/ask")
        def ask() -> str:
            see_id.delay()
            return "Asked."

        app.test_client().get("/ask", headers={HEADER: "abc-123"})
        clear_contextvars()
        with app.app_context():
            self.addCleanup(queue.huey.storage.close)
            see_id.delay()
            while task := queue.huey.dequeue():
                queue.huey.execute(task)
        self.assertEqual(["abc-123", None], seen)
