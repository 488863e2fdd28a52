"""waitress serves the application."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Thread
from urllib.request import Request, urlopen

from flask import request

from ..serve import make_server, serve
from .base import AppTestCase


class WaitressTest(AppTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.meeting, self.stopped, self.ended = Barrier(3), Event(), Event()

        @self.app.get("/meet")
        def meet() -> str:
            self.meeting.wait(10)
            self.ended.wait(10)
            return f"{request.scheme} {request.remote_addr}"

        self.server = make_server(self.app, "127.0.0.1", 0, threads=2)
        self.serving = Thread(target=serve, args=[self.server, self.stopped])
        self.serving.start()

    def test_requests_run_side_by_side_and_are_answered_when_it_stops(self) -> None:
        with ThreadPoolExecutor() as pool, self.assertLogs("access") as logged:
            answers = [pool.submit(self.ask, "/meet") for _ in range(2)]
            self.meeting.wait(10)  # both have begun
            self.stopped.set()
            self.ended.set()
            self.assertEqual([a.result() for a in answers], ["http 127.0.0.1"] * 2)
        self.serving.join(10)
        self.assertFalse(self.serving.is_alive())
        self.assertEqual(
            [record.getMessage() for record in logged.records],
            ['127.0.0.1 "GET /meet" 200'] * 2,
        )

    def tearDown(self) -> None:
        self.stopped.set()
        self.serving.join(10)

    def ask(self, path: str) -> str:
        """Return what is answered to somebody who claims to be a proxy."""
        url = f"http://127.0.0.1:{self.server.effective_port}{path}"
        headers = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https"}
        with urlopen(Request(url, headers=headers), timeout=10) as response:
            return str(response.read().decode())
