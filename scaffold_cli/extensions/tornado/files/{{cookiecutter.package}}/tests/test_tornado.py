"""Tornado serves the application."""

import asyncio
from threading import Barrier, Event

from flask import request
from tornado.httpclient import AsyncHTTPClient
from tornado.testing import bind_unused_port

from ..serve import serve
from .base import AppTestCase

FORWARDED = {"X-Forwarded-For": "192.0.2.7", "X-Forwarded-Proto": "https"}


class TornadoTest(AppTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.meeting, self.ended = Barrier(3), Event()

        @self.app.get("/meet")
        def meet() -> str:
            self.meeting.wait(10)
            self.ended.wait(10)
            return f"{request.scheme} {request.remote_addr}"

    def test_requests_run_side_by_side_and_are_answered_when_it_stops(self) -> None:
        with self.assertLogs("tornado.access", "INFO") as logged:
            self.assertEqual(asyncio.run(self.answers()), [b"http 127.0.0.1"] * 2)
        self.assertEqual(len(logged.records), 2)
        self.assertIn("200 GET /meet", logged.records[0].getMessage())

    async def answers(self) -> list[bytes]:
        """Return what is answered to two who claim to be proxies, while it is stopped."""
        socket, port = bind_unused_port()
        stopped = asyncio.Event()
        serving = asyncio.create_task(serve(self.app, [socket], 2, stopped))
        client, url = AsyncHTTPClient(), f"http://127.0.0.1:{port}/meet"
        asked = [client.fetch(url, headers=FORWARDED) for _ in range(2)]
        await asyncio.to_thread(self.meeting.wait, 10)  # both have begun
        stopped.set()
        self.ended.set()
        responses = await asyncio.gather(*asked)
        await serving
        return [response.body for response in responses]
