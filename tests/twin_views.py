"""What the views and hooks of generated applications do; each is named, and logs what it sees."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import flask
from flask import g, request, session
from werkzeug.wrappers import Response as WerkzeugResponse

Log = list[str]
View = Callable[..., Any]

TEMPLATE = "{{ request.path }} {{ session.get('n', 0) }} {{ g.get('n') }} {{ extra }} {{ given }}"


def echo(**values: Any) -> str:
    """Say all that a request tells of itself."""
    told = {
        name: getattr(request, name)
        for name in [
            "method",
            "scheme",
            "server",
            "root_path",
            "path",
            "query_string",
            "remote_addr",
            "host",
            "url",
            "base_url",
            "root_url",
            "host_url",
            "full_path",
            "is_secure",
            "args",
            "cookies",
            "endpoint",
            "blueprint",
            "blueprints",
            "view_args",
            "content_type",
            "mimetype",
            "content_length",
            "url_rule",
            "access_route",
            "is_json",
            "trusted_hosts",
        ]
    }
    told["values"] = sorted(values.items(), key=str)
    told["headers"] = sorted(request.headers.items())
    told["form"] = request.form.to_dict(flat=False)
    told["repr"] = repr(request)
    return "\n".join(f"{name}: {value!r}" for name, value in told.items())


def late_echo(**values: Any) -> str:
    """Change the environment, and say what the request still tells."""
    environ = request.environ
    environ.update(
        PATH_INFO="/elsewhere", SCRIPT_NAME="/moved", QUERY_STRING="late=1", HTTP_COOKIE="late=1",
        REQUEST_METHOD="PUT", SERVER_NAME="late", REMOTE_ADDR="10.9.8.7", HTTP_HOST="late.example",
    )  # fmt: skip
    environ["wsgi.url_scheme"] = "https"
    built = flask.url_for("named", _external=True)
    result = echo(**values) + f"\n{built}\n{sorted(session.items())}"
    environ["REQUEST_METHOD"] = "GET"
    return result


def read(**values: Any) -> str:
    return f"n is {session.get('n')}"


def count(**values: Any) -> str:
    session["n"] = session.get("n", 0) + 1
    return f"n is now {session['n']}"


def basket(**values: Any) -> str:
    """Change what is in the session in its place, which it does not notice."""
    session.setdefault("basket", []).append(1)
    return f"basket {session['basket']}"


def forget(**values: Any) -> str:
    session.clear()
    return "gone"


def stay(**values: Any) -> str:
    session.permanent = True
    session["n"] = 1
    return "for long"


def mark(**values: Any) -> str:
    g.n = g.get("n", 0) + 1
    return f"{g.n} of this request"


def glance(**values: Any) -> str:
    """Have the session opened without its counting as accessed."""
    context = flask.globals.request_ctx
    return f"{type(context._session).__name__} {sorted(dict(context._session or {}))}"


def mutate_arguments(**values: Any) -> str:
    assert request.view_args is not None
    before = dict(request.view_args)
    request.view_args["left"] = "behind"
    return repr(before)


def links(**values: Any) -> str:
    return " ".join(
        [
            flask.url_for("named", page=2),
            flask.url_for("named", _external=True),
            flask.url_for("named", _scheme="https", _external=True, _anchor="é"),
            flask.url_for("static", filename="a b.css"),
        ]
    )


def slow_stream() -> Iterator[str]:
    yield f"at {request.path}, "
    yield f"n {session.get('n')}, "
    yield flask.url_for("named")


def nested(**values: Any) -> str:
    app = flask.current_app
    with app.test_request_context("/inner?x=1", base_url="http://inner.example/"):
        inner = f"{request.path} {request.url} {dict(session)}"
        session["lost"] = True
    with app.app_context():
        g.other = 1
        shared = "kept" if "n" in g else "new"
    return f"{inner} {shared} {request.path}"


def copied(**values: Any) -> str:
    session["n"] = 5

    @flask.copy_current_request_context
    def inside() -> str:
        return f"{request.path} {session.get('n')} {flask.url_for('named')}"

    return inside()


def later(**values: Any) -> str:
    @flask.after_this_request
    def mark(response: flask.Response) -> flask.Response:
        response.headers["X-Later"] = "yes"
        return response

    return "marked"


def with_cookie(**values: Any) -> flask.Response:
    response = flask.make_response("cookie")
    response.set_cookie("a", "b c", expires=1_800_000_000, httponly=True, samesite="Lax")
    response.delete_cookie("old")
    response.set_cookie("brief", "1", max_age=60)
    return response


def odd_headers(**values: Any) -> flask.Response:
    response = flask.make_response("odd")
    response.headers["content-length"] = "3"
    response.headers["Location"] = "/élan?x=ü"
    response.headers["Content-Location"] = "/ö"
    response.headers.add("X-Twice", "1")
    response.headers.add("X-Twice", "2")
    return response


def of_status(code: int) -> View:
    def view(**values: Any) -> flask.Response:
        response = flask.make_response("text")
        response.status_code = code
        return response

    return view


def without_length(**values: Any) -> flask.Response:
    response = flask.make_response(b"1234")
    del response.headers["Content-Length"]
    return response


def file(**values: Any) -> Any:
    return flask.send_file(
        BytesIO(b"0123456789" * 9), "text/plain", conditional=True, etag="e", max_age=60
    )


def fails(**values: Any) -> str:
    raise ValueError("on purpose")


def stops(**values: Any) -> str:
    raise KeyboardInterrupt("stopped")


def template(**values: Any) -> str:
    return flask.render_template_string(TEMPLATE, given=sorted(values))


def page(**values: Any) -> str:
    return flask.render_template("page.html", given=1, g="mine")


def flashes(**values: Any) -> str:
    flask.flash("hello")
    return repr(flask.get_flashed_messages())


def closing(log: Log) -> View:
    def view(**values: Any) -> flask.Response:
        response = flask.make_response("to be closed")
        response.call_on_close(lambda: log.append("closed"))
        return response

    return view


def kept(log: Log) -> View:
    """Return the same response each time."""
    response = flask.Response("the same")

    def view(**values: Any) -> flask.Response:
        log.append(f"kept {response.headers.to_wsgi_list()}")
        return response

    return view


def simple_app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    start_response("202 Accepted", [("X-App", environ["PATH_INFO"])])
    return [b"from ", b"WSGI"]


def answers(result: Any) -> View:
    return lambda **values: result() if callable(result) else result


def views(log: Log) -> dict[str, View]:
    """Return the views by name.

    Args:
        log: Where they write what they do.
    """
    return {
        "abort 404": lambda **v: flask.abort(404),
        "abort 418 with text": lambda **v: flask.abort(418, "short and stout"),
        "abort with a response": lambda **v: flask.abort(flask.Response("mine", 409)),
        "bad key": lambda **v: request.args["missing"],
        "bad json": lambda **v: {"got": request.get_json(force=True)},
        "bytes": answers(b"\x00\xff bytes"),
        "bytearray": answers(lambda: bytearray(b"array")),
        "closing": closing(log),
        "copied": copied,
        "cookie": with_cookie,
        "count": count,
        "dict": answers({"b": "é</x>", "a": [1, 2.5, None, True, 1e16, 1e-7], "\x7f": "\u2028"}),
        "dict with a date": answers(
            {"lasts": str(timedelta(1)), "big": 2**70, "nan": float("nan")}
        ),
        "echo": echo,
        "empty": answers(""),
        "fails": fails,
        "file": file,
        "flash": flashes,
        "basket": basket,
        "forget": forget,
        "generator": answers(lambda: (part for part in ("a", "b", "c"))),
        "glance": glance,
        "jsonify": lambda **v: flask.jsonify(1, "two"),
        "kept": kept(log),
        "late echo": late_echo,
        "later": later,
        "links": links,
        "list": answers([1, {"x": "y"}]),
        "list of parts": lambda **v: flask.Response([b"a", "bé", b"c"]),
        "markup": lambda **v: flask.render_template_string("{{ '<' }}") + "!",
        "mark": mark,
        "mutate arguments": mutate_arguments,
        "nested": nested,
        "none": answers(None),
        "number": answers(7),
        "odd headers": odd_headers,
        "page": page,
        "passed through": lambda **v: flask.Response([b"raw"], direct_passthrough=True),
        "read": read,
        "redirect": lambda **v: flask.redirect(flask.url_for("named", é="ü")),
        "status 100": of_status(100),
        "status 204": of_status(204),
        "status 304": of_status(304),
        "status 500": of_status(500),
        "stay": stay,
        "stops": stops,
        "stream": lambda **v: flask.Response(flask.stream_with_context(slow_stream())),
        "surrogate": answers("\ud800"),
        "template": template,
        "text": answers("text: é"),
        "tuple": lambda **v: ("created", 201, {"X-A": "1", "content-type": "text/plain"}),
        "tuple of two": lambda **v: ({"made": 1}, "299 Fine"),
        "tuple with headers": lambda **v: (b"x", [("X-A", "1"), ("X-A", "2")]),
        "tuple too long": lambda **v: ("a", 1, {}, 2),
        "werkzeug": lambda **v: WerkzeugResponse("plain", mimetype="text/css"),
        "wsgi": lambda **v: simple_app,
    }


def hook_acts(log: Log) -> dict[str, Callable[[], Any]]:
    """Return what hooks before a request may do by name; what is not None ends the request."""

    def write(text: str) -> None:
        log.append(text)

    calls = iter(range(9))

    def replace() -> None:
        if next(calls, 9) != 3:  # not while the application is still learning where requests go
            return
        app: Any = flask.current_app
        # Looked up anew each time: ours, kept from here on, notices a later patch of Flask, and stock's does not.
        app.dispatch_request = lambda: (write("replaced"), type(app).dispatch_request(app))[1]

    return {
        "nothing": lambda: None,
        "replace": replace,
        "where": lambda: write(
            f"{request.endpoint} {request.view_args} {request.routing_exception!r}"
        ),
        "read session": lambda: write(f"session {sorted(session.items())}"),
        "set g": lambda: setattr(g, "n", 1),
        "answer": lambda: "from a hook",
        "fail": lambda: 1 / 0,
        "abort": lambda: flask.abort(401),
        "stay": lambda: setattr(session, "permanent", True),
        "cookies": lambda: write(f"cookies {request.cookies.to_dict()}"),
        "change path": lambda: request.environ.update(PATH_INFO="/changed", QUERY_STRING="c=1"),
        "later": lambda: flask.after_this_request(lambda r: (write("later"), r)[1]) and None,
    }


def after_acts(log: Log) -> dict[str, Callable[[flask.Response], Any]]:
    """Return what hooks after a request may do."""

    def header(response: flask.Response) -> flask.Response:
        response.headers["X-After"] = response.headers.get("X-After", "") + "a"
        return response

    def grow(response: flask.Response) -> flask.Response:
        if response.is_sequence and not response.direct_passthrough:
            response.set_data(response.get_data() + b"+")
        return response

    def fail(response: flask.Response) -> flask.Response:
        raise RuntimeError("after")

    def note(response: flask.Response) -> flask.Response:
        log.append(f"after {response.status} {response.headers.to_wsgi_list()}")
        return response

    def touch(response: flask.Response) -> flask.Response:
        log.append(f"touched {session.get('n')}")
        return response

    return {
        "header": header,
        "grow": grow,
        "fail": fail,
        "note": note,
        "touch": touch,
        "replace": lambda response: flask.Response("another", 203),
        "etag": lambda response: response.add_etag() or response.make_conditional(request),
    }
