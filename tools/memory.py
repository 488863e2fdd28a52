"""Whether memory stays flat: many requests to applications on the fast path, and what is allocated meanwhile.

    python tools/memory.py [1000000]

Hosts, paths, cookies and query strings are made up anew all the time, as clients on the internet do. Prints the resident
memory and the number of objects after each tenth, and fails when they grow from the second tenth to the last.
"""

import gc
import sys
from io import BytesIO
from pathlib import Path
from typing import Any

import flask

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))

import vendored  # noqa: F401  (so that the core can be imported)
from core.fast import FastPath

ALLOWED = 1.05


def application(hooks: bool) -> Any:
    """Make an application with sessions and a template, and with hooks or without any."""
    app = FastPath("memory")
    app.config["SECRET_KEY"] = "key"
    if hooks:
        app.before_request(lambda: setattr(flask.g, "user", flask.session.get("user")))
        app.after_request(lambda response: response)

    @app.route("/")
    def hello() -> str:
        return "hello"

    @app.route("/set/<name>")
    def change(name: str) -> str:
        flask.session["user"] = name
        return flask.render_template_string("{{ g.user }} {{ request.host }}")

    @app.route("/data")
    def data() -> dict[str, Any]:
        return {"user": flask.g.get("user")}

    return app


def ask(app: Any, number: int, cookie: str) -> str:
    """Make a request, and return the session's cookie."""
    path = ("/", f"/set/{number}", "/data", f"/none/{number}")[number % 4]
    headers: list[tuple[str, str]] = []
    environ = {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": f"n={number}", "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "HTTP_HOST": f"host{number}.example" if number % 3 else "example.com", "HTTP_COOKIE": cookie,
        "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http", "wsgi.input": BytesIO(), "wsgi.errors": sys.stderr,
    }  # fmt: skip
    result = app(environ, lambda status, sent, exc_info=None: headers.extend(sent))
    for _ in result:
        pass
    if hasattr(result, "close"):
        result.close()
    return next(
        (value.partition(";")[0] for name, value in headers if name == "Set-Cookie"), cookie
    )


def resident() -> int:
    """Return this process's resident memory in KiB."""
    status = Path("/proc/self/status").read_text("utf-8")
    return int(status.partition("VmRSS:")[2].split()[0])


def main() -> None:
    """Make the requests, and compare."""
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    apps, cookie = (application(hooks=True), application(hooks=False)), ""
    seen = []
    for tenth in range(10):
        for number in range(requests // 10):
            cookie = ask(apps[number // 4 % 2], tenth * requests + number, cookie)
        gc.collect()
        seen.append((resident(), len(gc.get_objects())))
        print(
            f"{(tenth + 1) * requests // 10:9} requests: {seen[-1][0]} KiB, {seen[-1][1]} objects",
            flush=True,
        )
    first, last = seen[1], seen[-1]
    if any(after > before * ALLOWED for before, after in zip(first, last, strict=True)):
        sys.exit("Memory grows.")


if __name__ == "__main__":
    main()
