"""The applications that dispatch.py compares, and the clock: runs in an environment with all frameworks in it.

    python contenders.py ROUNDS

Each contender answers the same URLs with the same bytes, in the way its documentation shows. Rounds alternate: a case is
timed for each contender in turn, and prints as JSON ``{case: {contender: [microseconds, ...]}}``.
"""

import asyncio
import gc
import io
import json
import sys
from collections.abc import Callable
from time import perf_counter
from typing import Any
from unittest.mock import patch

import bottle
import django
import falcon
import flask
import jinja2
import pyramid.config
import pyramid.response
import quart
import starlette.applications
import starlette.responses
import starlette.routing
from applications.answers import HELLO, TEMPLATES, VALUES, lines
from core import App
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse, JsonResponse
from django.urls import path
from realistic import over_bottle, over_django, over_flask, over_pyramid

PAGE = (TEMPLATES / "page.html").read_text("utf-8")
DATA = {"name": "Flask", "tags": ["micro", "framework"], "stars": 70000}
RECORDS = [{"id": number, "price": number * 1.5, "note": None, **DATA} for number in range(100)]
ENVIRON = {f"HTTP_X_FILLER_{number:02}": "x" * 20 for number in range(50)}
SECONDS = 0.02  # how long a contender runs in each round
Once = Callable[[int], float]


def flask_app(kind: Any) -> Any:
    """Make the application, over stock Flask, App or Quart."""
    app = kind("contender")
    app.jinja_loader = jinja2.DictLoader({"page.html": PAGE})
    return app


def wsgi_flask(kind: type[flask.Flask]) -> Any:
    """Return the application over stock Flask or App."""
    app = flask_app(kind)
    app.add_url_rule("/", "hello", lambda: HELLO)
    app.add_url_rule("/environ", "environ", lambda: lines(flask.request.environ))
    app.add_url_rule("/template", "template", lambda: flask.render_template("page.html", **VALUES))
    app.add_url_rule("/json", "json", lambda: DATA)
    app.add_url_rule("/records", "records", lambda: RECORDS)
    app.add_url_rule("/item/<int:number>", "item", lambda number: f"item {number}")
    return app


def wsgi_bottle() -> Any:
    """Return the application over Bottle."""
    app = bottle.Bottle()
    template = bottle.Jinja2Template(PAGE)
    app.route("/")(lambda: HELLO)
    app.route("/environ")(lambda: lines(bottle.request.environ))
    app.route("/template")(lambda: template.render(**VALUES))
    app.route("/json")(lambda: DATA)
    app.route("/item/<number:int>")(lambda number: f"item {number}")
    return app


def wsgi_pyramid() -> Any:
    """Return the application over Pyramid."""
    template = jinja2.Environment(autoescape=True).from_string(PAGE)
    text = pyramid.response.Response
    views = {
        "/": lambda request: text(HELLO),
        "/environ": lambda request: text(lines(request.environ)),
        "/template": lambda request: text(template.render(VALUES)),
        "/json": lambda request: DATA,
        "/item/{number}": lambda request: text(f"item {int(request.matchdict['number'])}"),
    }
    with pyramid.config.Configurator() as config:
        for pattern, view in views.items():
            config.add_route(pattern, pattern)
            renderer = "json" if pattern == "/json" else None
            config.add_view(view, route_name=pattern, renderer=renderer)
        return config.make_wsgi_app()


def wsgi_falcon() -> Any:
    """Return the application over Falcon."""
    template = jinja2.Environment(autoescape=True).from_string(PAGE)
    app = falcon.App(media_type=falcon.MEDIA_HTML)

    class Resource:
        def __init__(self, answer: Callable[..., Any], attribute: str = "text") -> None:
            self.answer, self.attribute = answer, attribute

        def on_get(self, request: Any, response: Any, **values: Any) -> None:
            setattr(response, self.attribute, self.answer(request, **values))
            if self.attribute == "media":
                response.content_type = falcon.MEDIA_JSON

    app.add_route("/", Resource(lambda request: HELLO))
    app.add_route("/environ", Resource(lambda request: lines(request.env)))
    app.add_route("/template", Resource(lambda request: template.render(VALUES)))
    app.add_route("/json", Resource(lambda request: DATA, "media"))
    app.add_route("/item/{number:int}", Resource(lambda request, number: f"item {number}"))
    return app


def wsgi_django() -> Any:
    """Return the application over Django, with the middleware that startproject sets."""
    template = jinja2.Environment(autoescape=True).from_string(PAGE)
    names = (
        "security.SecurityMiddleware",
        "common.CommonMiddleware",
        "clickjacking.XFrameOptionsMiddleware",
    )
    settings.configure(
        SECRET_KEY="x", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, LOGGING_CONFIG=None,
        MIDDLEWARE=[f"django.middleware.{name}" for name in names],
    )  # fmt: skip
    django.setup()
    urlpatterns.extend(
        [
            path("", lambda request: HttpResponse(HELLO)),
            path("environ", lambda request: HttpResponse(lines(request.META))),
            path("template", lambda request: HttpResponse(template.render(VALUES))),
            path("json", lambda request: JsonResponse(DATA)),
            path("item/<int:number>", lambda request, number: HttpResponse(f"item {number}")),
        ]
    )
    return WSGIHandler()


urlpatterns: list[Any] = []


def asgi_starlette() -> Any:
    """Return the application over Starlette."""
    template = jinja2.Environment(autoescape=True).from_string(PAGE)
    text, as_json = starlette.responses.HTMLResponse, starlette.responses.JSONResponse

    def route(pattern: str, answer: Callable[[Any], Any]) -> Any:
        async def endpoint(request: Any) -> Any:
            return answer(request)

        return starlette.routing.Route(pattern, endpoint)

    return starlette.applications.Starlette(
        routes=[
            route("/", lambda request: text(HELLO)),
            route("/environ", lambda request: text(lines(headers_of(request.scope)))),
            route("/template", lambda request: text(template.render(VALUES))),
            route("/json", lambda request: as_json(DATA)),
            route(
                "/item/{number:int}", lambda request: text(f"item {request.path_params['number']}")
            ),
        ]
    )


def headers_of(scope: dict[str, Any]) -> dict[str, str]:
    """Return the nearest that ASGI has to WSGI's environment."""
    return {key.decode(): value.decode() for key, value in scope["headers"]}


def asgi_quart() -> Any:
    """Return the application over Quart."""
    app = flask_app(quart.Quart)

    async def hello() -> str:
        return HELLO

    async def environ() -> str:
        return lines(headers_of(quart.request.scope))

    async def template() -> str:
        return await quart.render_template("page.html", **VALUES)

    async def as_json() -> dict[str, Any]:
        return DATA

    async def item(number: int) -> str:
        return f"item {number}"

    app.add_url_rule("/", "hello", hello)
    app.add_url_rule("/environ", "environ", environ)
    app.add_url_rule("/template", "template", template)
    app.add_url_rule("/json", "json", as_json)
    app.add_url_rule("/item/<int:number>", "item", item)
    return app


def wsgi_environ(url: str, cookie: str = "") -> dict[str, Any]:
    """Return the environment that a server makes of a browser's request."""
    environ = {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": url, "QUERY_STRING": "", "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "5000", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "REMOTE_PORT": "54321",
        "HTTP_HOST": "127.0.0.1:5000", "HTTP_ACCEPT": "*/*", "HTTP_USER_AGENT": "ApacheBench/2.3",
        "wsgi.version": (1, 0), "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
        "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip
    if cookie:
        environ["HTTP_COOKIE"] = cookie
    return {**environ, **(ENVIRON if url == "/environ" else {})}


def wsgi_clock(app: Any, url: str, cookie: str = "", expected: bytes | None = None) -> Once:
    """Return what times a number of requests to a WSGI application."""
    environ = wsgi_environ(url, cookie)
    statuses: list[str] = []

    def start_response(
        status: str, headers: Any, exc_info: Any = None
    ) -> Callable[[bytes], object]:
        statuses.append(status)
        return statuses.append  # type: ignore[return-value]

    def answer() -> bytes:
        result = app(environ.copy(), start_response)
        body = b"".join(result)
        if hasattr(result, "close"):
            result.close()
        return body

    def once(number: int) -> float:
        statuses.clear()
        started = perf_counter()
        for _ in range(number):
            answer()
        return perf_counter() - started

    body = answer()
    check(url, statuses[-1][:3], body, expected)
    return once


def asgi_clock(app: Any, url: str, expected: bytes | None = None) -> Once:
    """Return what times a number of requests to an ASGI application, within one running loop."""
    environ = wsgi_environ(url)
    headers = [
        (key[5:].replace("_", "-").lower(), value)
        for key, value in environ.items()
        if key[:5] == "HTTP_"
    ]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http", "path": url,
        "raw_path": url.encode(), "query_string": b"", "root_path": "", "client": ("127.0.0.1", 54321),
        "server": ("127.0.0.1", 5000), "headers": [(key.encode(), value.encode()) for key, value in headers],
    }  # fmt: skip
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    def client() -> Callable[[], Any]:
        messages = [{"type": "http.request", "body": b"", "more_body": False}]

        async def receive() -> Any:
            if not messages:
                await asyncio.sleep(3600)  # the client stays
            return messages.pop()

        return receive

    async def answers(number: int) -> float:
        started = perf_counter()
        for _ in range(number):
            sent.clear()
            await app({**scope}, client(), send)
        return perf_counter() - started

    loop.run_until_complete(answers(1))
    body = b"".join(message.get("body", b"") for message in sent)
    check(url, str(sent[0]["status"]), body, expected)
    return lambda number: loop.run_until_complete(answers(number))


def check(url: str, status: str, body: bytes, expected: bytes | None) -> None:
    """Make sure that everybody gives the same answer."""
    assert status == ("404" if url == "/none" else "200"), (url, status)
    assert expected is None or body == expected, (url, body)


def realistic() -> dict[str, Any]:
    """Return the applications of the case "realistic"; Django's after its other one, as they share settings."""
    return {
        "Flask": over_flask(flask.Flask),
        "App": over_flask(App),
        "Bottle": over_bottle(),
        "Pyramid": over_pyramid(),
        "Django": over_django(urlpatterns),
    }


def logged_in(app: Any) -> str:
    """Return the cookie of the session that an application opens."""
    cookies: list[str] = []

    def start_response(status: str, headers: Any, exc_info: Any = None) -> None:
        cookies.extend(value for key, value in headers if key == "Set-Cookie")

    b"".join(app(wsgi_environ("/login"), start_response))
    return cookies[0].partition(";")[0]


loop = asyncio.new_event_loop()


def contests() -> dict[str, dict[str, Once]]:
    """Return the cases, and for each the contenders' clocks."""
    wsgi = {
        "Flask": wsgi_flask(flask.Flask), "App": wsgi_flask(App), "Bottle": wsgi_bottle(), "Pyramid": wsgi_pyramid(),
        "Falcon": wsgi_falcon(), "Django": wsgi_django(),
    }  # fmt: skip
    asgi = {"Starlette": asgi_starlette(), "Quart": asgi_quart()}
    rendered = jinja2.Template(PAGE).render(VALUES).encode()
    cases = {
        "/": HELLO.encode(),
        "/environ": None,
        "/template": rendered,
        "/json": None,
        "/item/7": b"item 7",
        "/none": None,
    }
    # App looks for orjson when it first writes JSON.
    with patch.dict(sys.modules, {"orjson": None}):
        clocks = {
            url: {
                **{name: wsgi_clock(app, url, expected=body) for name, app in wsgi.items()},
                **{name: asgi_clock(app, url, body) for name, app in asgi.items()},
            }
            for url, body in cases.items()
        }
        clocks["/records"] = {name: wsgi_clock(wsgi[name], "/records") for name in ("Flask", "App")}
    with_orjson = wsgi_flask(App)
    for url in ("/json", "/records"):
        clocks[url]["App, orjson"] = wsgi_clock(with_orjson, url)
    clocks["realistic"] = {
        name: wsgi_clock(app, "/page", logged_in(app), rendered)
        for name, app in realistic().items()
    }
    return clocks


def measure(rounds: int) -> dict[str, dict[str, list[float]]]:
    """Time each case for each contender in turn, round by round."""
    clocks = contests()
    often = {
        (case, name): max(1, int(SECONDS / (clock(20) / 20)))
        for case, contenders in clocks.items()
        for name, clock in contenders.items()
    }
    taken: dict[str, dict[str, list[float]]] = {
        case: {name: [] for name in contenders} for case, contenders in clocks.items()
    }
    gc.collect()
    gc.freeze()
    for _ in range(rounds):
        for case, contenders in clocks.items():
            for name, clock in contenders.items():
                number = often[case, name]
                taken[case][name].append(clock(number) / number * 1e6)
    return taken


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
