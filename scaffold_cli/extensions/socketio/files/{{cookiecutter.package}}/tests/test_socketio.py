"""All open pages are told how many there are, each application's its own."""

from flask_socketio import SocketIOTestClient

from ..app import create_app
from ..core import App
from ..extensions import socketio
from .base import TEST_SETTINGS, AppTestCase


def open_page(app: App) -> SocketIOTestClient:
    """Connect as the script of an open page does."""
    return app.extensions["socketio"].test_client(app)


def told(page: SocketIOTestClient) -> list[tuple[str, object]]:
    """Return the events that a page was sent since it was last asked."""
    return [(event["name"], *event["args"]) for event in page.get_received()]


class VisitorsTest(AppTestCase):
    def test_all_open_pages_are_told_how_many_there_are(self) -> None:
        first = open_page(self.app)
        self.assertEqual([("visitors", 1)], told(first))
        second = open_page(self.app)
        self.assertEqual([("visitors", 2)], told(first))
        self.assertEqual([("visitors", 2)], told(second))
        second.disconnect()
        self.assertEqual([("visitors", 1)], told(first))

    def test_visitors_can_be_sent_events(self) -> None:
        page = open_page(self.app)
        told(page)
        socketio.emit("notice", "Tea is back.")
        self.assertEqual([("notice", "Tea is back.")], told(page))

    def test_two_applications_have_visitors_of_their_own(self) -> None:
        page = open_page(self.app)
        open_page(create_app(TEST_SETTINGS))
        self.assertEqual([("visitors", 1)], told(page))

    def test_the_page_brings_its_scripts_itself(self) -> None:
        page = self.client.get("/visitors").text
        self.assertIn('data-path="/socket.io"', page)
        for name in ("socket.io.min.js", "visitors.js"):
            self.assertIn(f"/visitors/static/{name}", page)
            with self.client.get(f"/visitors/static/{name}") as response:
                self.assertEqual(200, response.status_code)
