"""Nothing leaks between requests, threads, greenlets and applications: answers carry who asked."""

import http.client
import random
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import upstream_packages
from projects import clean_environment, free_port, is_listening, wait_until
from upstream_packages import pinned
from vendored import FOLDER

pytestmark = pytest.mark.real
CONNECTIONS, REQUESTS = 100, 30
APPLICATION = """\
import time
from flask import g, render_template_string, request, session, url_for
from fast import FastPath
from werkzeug.middleware.dispatcher import DispatcherMiddleware


def make(name):
    app = FastPath(name)
    app.config["SECRET_KEY"] = name

    @app.before_request
    def remember():
        g.who = request.args["who"]
        session["seen"] = [*session.get("seen", []), g.who][-3:]

    @app.after_request
    def tell(response):
        response.headers["X-Who"] = f"{g.who} {request.args['who']} {session['seen'][-1]}"
        return response

    def view(**values):
        time.sleep(0.002)
        values["fast"] = app.routes is not None
        return render_template_string(
            "{{ config.SECRET_KEY }} {{ g.who }} {{ request.args.who }} {{ session.seen|join(',') }} {{ fast }} {{ values }} {{ url }}",
            values=values.get("who"), url=url_for("named", who=g.who), **values)

    app.add_url_rule("/", "plain", view)
    app.add_url_rule("/named/<who>", "named", view)
    return app


def make_plain():  # its requests go directly to the views
    app = FastPath("plain")

    def view(**values):
        g.who = request.args["who"]
        time.sleep(0.002)
        return f"{g.who} {request.args['who']} {request.path} {values} {app.routes is not None}"

    app.add_url_rule("/", "plain", view)
    app.add_url_rule("/named/<who>", "named", view)
    return app


one, two = make("one"), make("two")
app = DispatcherMiddleware(one, {"/two": two, "/plain": make_plain()})
"""


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("leaks")
    wanted = [*pinned("flask", "werkzeug"), "gunicorn[gevent]"]
    upstream_packages.environment(folder / "venv", wanted)
    (folder / "fast").symlink_to(FOLDER / "fast")
    (folder / "served.py").write_text(APPLICATION, "utf-8")
    return folder


@pytest.fixture(params=[["gthread", "--threads", "32"], ["gevent"]], ids=["threads", "greenlets"])
def port(environment: Path, request: pytest.FixtureRequest) -> Iterator[int]:
    port = free_port()
    command = [
        environment / "venv" / "bin" / "python", "-m", "gunicorn", "served:app", "--bind", f"127.0.0.1:{port}", "--workers", "1",
        "--keep-alive", "10", "--worker-class", *request.param,
    ]  # fmt: skip
    with subprocess.Popen(command, cwd=environment, env=clean_environment()) as server:
        try:
            wait_until(lambda: is_listening(port), "gunicorn")
            yield port
        finally:
            server.terminate()
            server.wait(20)


def client(port: int, number: int) -> int:
    """Make requests with one connection and one cookie jar; all that is answered is one's own."""
    chance = random.Random(number)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    cookies = {"one": "", "two": ""}
    seen: dict[str, list[str]] = {"one": [], "two": []}
    for turn in range(REQUESTS):
        app, who = chance.choice(["one", "two"]), f"{number}-{turn}"
        prefix = "/two" if app == "two" else ""
        named = chance.random() < 0.5
        path = f"{prefix}/named/{who}" if named else f"{prefix}/"
        headers = {"Cookie": cookies[app]} if cookies[app] else {}
        if chance.random() < 0.3:
            ask_plainly(connection, who, named)
        connection.request("GET", f"{path}?who={who}", headers=headers)
        response = connection.getresponse()
        body = response.read().decode()
        seen[app] = [*seen[app], who][-3:]
        told = who if named else "None"
        expected = f"{app} {who} {who} {','.join(seen[app])} True {told} {prefix}/named/{who}"
        assert (body, response.getheader("X-Who")) == (expected, f"{who} {who} {who}")
        cookies[app] = (response.getheader("Set-Cookie") or "").partition(";")[0]
    connection.close()
    return REQUESTS


def ask_plainly(connection: http.client.HTTPConnection, who: str, named: bool) -> None:
    """Make a request to the application without hooks; the answer is one's own."""
    path = f"/named/{who}" if named else "/"
    connection.request("GET", f"/plain{path}?who={who}")
    values = {"who": who} if named else {}
    assert connection.getresponse().read().decode() == f"{who} {who} {path} {values} True"


def test_everybody_gets_an_answer_of_their_own(port: int) -> None:
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        answered = list(pool.map(lambda number: client(port, number), range(CONNECTIONS)))
    assert sum(answered) == CONNECTIONS * REQUESTS
