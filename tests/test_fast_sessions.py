"""What a session's cookie holds is remembered, and nobody notices but by the clock."""

from typing import Any

import flask
import pytest
from core.fast import FastPath, sessions
from flask import Flask
from flask.json.provider import DefaultJSONProvider
from flask.testing import FlaskClient


def make(kind: type[Flask] = FastPath) -> Flask:
    app = kind("of_sessions")
    app.secret_key = "key"

    @app.route("/log-in")
    def log_in() -> str:
        flask.session["user"] = "Ada"
        return ""

    @app.route("/who")
    def who() -> str:
        return str(flask.session.get("user"))

    return app


def logged_in(app: Flask) -> tuple[FlaskClient, str]:
    """Log in, and return a client that keeps no cookies, and the session's cookie."""
    cookie = app.test_client().get("/log-in").headers["Set-Cookie"].partition(";")[0]
    client = app.test_client(use_cookies=False)
    for _ in range(3):
        assert client.get("/who", headers={"Cookie": cookie}).text == "Ada"
    return client, cookie


def known(app: Any) -> int:
    """Return how many cookies are remembered."""
    return len(app.keys._known)


def test_a_cookie_that_comes_again_is_not_read_again(monkeypatch: pytest.MonkeyPatch) -> None:
    client, cookie = logged_in(make())
    monkeypatch.setattr(sessions, "a2b_base64", None)
    assert client.get("/who", headers={"Cookie": cookie}).text == "Ada"


def test_cookies_that_clients_make_up_do_not_fill_the_memory() -> None:
    app = make()
    client, cookie = logged_in(app)
    for number in range(600):
        assert client.get("/who", headers={"Cookie": f"{cookie}; a={number}"}).text == "Ada"
        client.get("/who", headers={"Cookie": f"session=made-up-{number}"})
    assert 0 < known(app) <= sessions.MOST_KNOWN


def test_long_cookies_are_not_remembered() -> None:
    app = make()
    client, cookie = logged_in(app)
    before = known(app)
    long = f"{cookie}; a={'a' * sessions.LONGEST}"
    assert client.get("/who", headers={"Cookie": long}).text == "Ada"
    assert known(app) == before


def test_a_json_provider_of_ones_own_reads_each_session() -> None:
    calls: list[str | bytes] = []

    class Noting(DefaultJSONProvider):
        def loads(self, s: str | bytes, **kwargs: Any) -> Any:
            calls.append(s)
            return super().loads(s, **kwargs)

    app = make()
    client, cookie = logged_in(app)
    app.json = Noting(app)
    for _ in range(3):
        client.get("/who", headers={"Cookie": cookie})
    assert calls == ['{"user":"Ada"}'] * 3


@pytest.mark.parametrize("data", [None, [["user", "Ada"]], {}, {"user": None}], ids=str)
def test_whatever_was_signed_with_the_key_is_opened_as_stock_flask_opens_it(data: object) -> None:
    texts = []
    for kind in (Flask, FastPath):
        app: Any = make(kind)
        token = app.session_interface.get_signing_serializer(app).dumps(data)
        client = app.test_client(use_cookies=False)
        texts.append(
            [client.get("/who", headers={"Cookie": f"session={token}"}).text for _ in "123"]
        )
    assert texts[0] == texts[1]
