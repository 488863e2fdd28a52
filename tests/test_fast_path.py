"""When the fast path runs, and when stock code takes its place."""

import logging
from collections.abc import Callable
from importlib.metadata import version
from typing import Any

import flask
import pytest
from core.fast import FastPath, application, hooks, looks, routing, stock
from flask import Flask
from flask.ctx import AppContext, RequestContext
from flask.sessions import SecureCookieSessionInterface
from jinja2 import DictLoader
from upstream_packages import pinned
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import Map, MapAdapter

PATCHABLE: list[tuple[type, str]] = [
    *((Flask, name) for name in (*hooks.HOOKS, "wsgi_app")),
    *((Flask, name) for name in ("__call__", "create_url_adapter", "handle_user_exception", "raise_routing_exception")),
    *((AppContext, name) for name in ("__init__", "push", "pop")),
    *((RequestContext, name) for name in ("__init__", "push", "pop", "match_request")),
    *((flask.Request, name) for name in ("__init__", "close")),
    *((flask.Response, name) for name in ("__init__", "set_data", "__call__", "get_wsgi_response", "get_wsgi_headers", "get_app_iter", "close")),
    *((SecureCookieSessionInterface, name) for name in ("open_session", "make_null_session", "save_session", "get_signing_serializer", "get_cookie_name", "is_null_session")),
    (Map, "bind"),
    (Map, "bind_to_environ"),
    (MapAdapter, "match"),
]  # fmt: skip


def make(kind: type[Flask], hooks: bool = True) -> Flask:
    app = kind("shop")
    app.config["SECRET_KEY"] = "key"
    if hooks:
        app.before_request(lambda: None)
        app.after_request(lambda response: response)
        app.teardown_request(lambda error: None)

    @app.route("/plain")
    def plain() -> str:
        return "plain"

    @app.route("/")
    def hello() -> str:
        return f"n is {flask.session.get('n')}"

    @app.route("/set")
    def change() -> str:
        flask.session["n"] = 1
        return flask.render_template_string("{{ request.path }}")

    return app


def visit(app: Flask) -> list[Any]:
    """Make some requests, and return what came of them."""
    client = app.test_client()
    answers = [client.get(path) for path in ("/plain", "/plain", "/", "/set", "/", "/none", "/")]
    return [
        (answer.status, answer.data, [name for name, _ in answer.headers]) for answer in answers
    ]


def counted(owner: type, name: str, patch: pytest.MonkeyPatch) -> list[str]:
    """Patch a method as monitoring agents do, and return the list that its calls are written to."""
    calls: list[str] = []
    method = getattr(owner, name)

    def wrapper(*args: Any, **kwargs: Any) -> Any:
        calls.append(name)
        return method(*args, **kwargs)

    patch.setattr(owner, name, wrapper)
    return calls


@pytest.mark.parametrize(
    ("owner", "name"), PATCHABLE, ids=[f"{owner.__name__}.{name}" for owner, name in PATCHABLE]
)
@pytest.mark.parametrize("when", ["before the first request", "later"])
@pytest.mark.parametrize("hooks", [True, False], ids=["with hooks", "without hooks"])
def test_a_patch_of_stock_code_runs_as_often_as_in_stock_flask(
    owner: type, name: str, when: str, hooks: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    apps = [make(Flask, hooks), make(FastPath, hooks)]
    if when == "later":
        for app in apps:
            visit(app)
    seen = []
    for app in apps:
        with monkeypatch.context() as patch:
            calls = counted(owner, name, patch)
            seen.append((visit(app), len(calls)))
    assert seen[1] == seen[0]


@pytest.mark.parametrize("name", sorted(looks.REPLACEABLE))
def test_what_is_set_on_the_application_itself_keeps_requests_from_the_direct_way(
    name: str,
) -> None:
    app = make(FastPath, hooks=False)
    visit(app)
    assert not app.is_replaced
    setattr(app, name, getattr(app, name))
    assert app.is_replaced
    assert visit(app) == visit(make(Flask, hooks=False))


@pytest.fixture
def answered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of requests that went the direct way."""
    paths: list[str] = []
    answer = application.answer

    def noted(app: FastPath, context: RequestContext) -> Any:
        paths.append(context.request.path)
        return answer(app, context)

    monkeypatch.setattr(application, "answer", noted)
    return paths


@pytest.mark.parametrize("path", ["/plain", "/set"])
def test_middleware_around_the_application_keeps_the_direct_way(
    path: str, answered: list[str]
) -> None:
    app = make(FastPath, hooks=False)
    app.wsgi_app = ProxyFix(app.wsgi_app)
    for _ in range(3):
        app.test_client().get(path)
    assert answered == [path, path]


def test_requests_for_trusted_hosts_go_the_direct_way_and_others_are_refused(
    answered: list[str],
) -> None:
    app = make(FastPath, hooks=False)
    app.config["TRUSTED_HOSTS"] = ["shop.example", ".shop.example"]
    client = app.test_client()
    for host in ("shop.example", "evil.example", "www.shop.example"):
        statuses = [client.get("/plain", base_url=f"http://{host}").status_code for _ in range(3)]
        assert statuses == [400 if host == "evil.example" else 200] * 3
    assert answered == ["/plain"] * 4


def test_it_knows_the_versions_that_projects_get() -> None:
    for package, tested in stock.TESTED.items():
        [wanted] = pinned(package)
        assert wanted.partition("==")[2] in tested
        assert version(package) in tested


def test_all_private_names_are_there() -> None:
    assert stock.obstacle() == ""


@pytest.mark.parametrize("place", stock.PRIVATE)
def test_it_stays_off_where_a_private_name_is_gone(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(stock.PRIVATE, f"{place}_that_was", stock.PRIVATE[place])
    assert stock.obstacle() == f"{place}_that_was is not what it was"


def test_it_stays_off_on_other_versions_and_says_so_once(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(stock, "TESTED", {"flask": ("0.12",)})
    app = make(FastPath)
    with caplog.at_level(logging.WARNING):
        assert visit(app) == visit(make(Flask))
    assert app.routes is None
    [line] = caplog.messages
    assert line == f"The fast path is off: it was not tested on flask {version('flask')}."


def by_setting() -> Flask:
    app = make(FastPath)
    app.config["FAST"] = False
    return app


def by_attribute() -> Flask:
    return make(type("Slow", (FastPath,), {"FAST": False}))


@pytest.mark.parametrize("switched_off", [by_setting, by_attribute])
def test_it_can_be_switched_off(
    switched_off: Callable[[], Flask], caplog: pytest.LogCaptureFixture
) -> None:
    app = switched_off()
    assert visit(app) == visit(make(Flask))
    assert (app.routes, caplog.messages) == (None, [])


def test_the_setting_wins_over_the_attribute() -> None:
    app = by_attribute()
    app.config["FAST"] = True
    visit(app)
    assert app.routes is not None


def test_a_hook_of_another_base_class_is_not_hidden(caplog: pytest.LogCaptureFixture) -> None:
    class Other(Flask):
        def make_response(self, rv: Any) -> flask.Response:
            return super().make_response(f"other {rv}")

    app = make(type("Both", (FastPath, Other), {}))
    assert app.test_client().get("/").text == "other n is None"
    assert "another base class has make_response, too" in caplog.text


@pytest.mark.parametrize(
    "key", ["key of the class", property(lambda app: "computed")], ids=["text", "a property"]
)
def test_a_subclass_may_have_a_secret_key_of_its_own(key: object) -> None:
    apps = [make(type("Shop", (kind,), {"secret_key": key})) for kind in (Flask, FastPath)]
    for app in apps:
        app.config["SECRET_KEY"] = None
    assert visit(apps[1]) == visit(apps[0])
    assert apps[1].routes is not None


def test_a_subclass_whose_lifetime_of_sessions_is_wrong_fails_before_the_hooks() -> None:
    for kind in (Flask, FastPath):
        app = make(type("Shop", (kind,), {"permanent_session_lifetime": None}))
        ran: list[str] = []
        app.before_request(lambda ran=ran: ran.append("hook"))
        client = app.test_client()
        client.set_cookie("session", "some")
        assert (client.get("/").status_code, ran) == (500, [])


def test_contexts_and_requests_look_like_stock_ones() -> None:
    for kind in (Flask, FastPath):
        app = make(kind)
        visit(app)
        with app.test_request_context("/set?x=1") as context:
            assert repr(context) == "<RequestContext 'http://localhost/set?x=1' [GET] of shop>"
            assert repr(context.request) == "<Request 'http://localhost/set?x=1' [GET]>"
            assert isinstance(context.request, flask.Request)


def test_hosts_that_clients_make_up_do_not_fill_the_memory() -> None:
    app = make(FastPath)
    client = app.test_client()
    for number in range(1000):
        client.get("/", headers={"Host": f"host{number}.example"})
        client.get("/", headers={"Host": f"host{number}.example"})
    assert len(app.routes._hosts) <= routing.MOST_HOSTS
    assert len(app.routes.known) <= routing.MOST_HOSTS


def test_paths_that_clients_make_up_do_not_fill_the_memory() -> None:
    app = make(FastPath)
    app.add_url_rule("/<path:anything>", view_func=lambda anything: anything)
    client = app.test_client()
    for number in range(300):
        client.get(f"/{number}")
        client.open("/", method=f"M{number}")
    assert len(app.routes._rules) <= 4


TEMPLATES = {
    "base.html": "{% block title %}base{% endblock %}|{% block content %}{% endblock %}",
    "macros.html": "{% macro show(x) %}[{{ x }} {{ given }} {{ request.path }}]{% endmacro %}",
    "part.html": "{{ given }} {{ number }} {{ config.TESTING }}",
    "page.html": """
        {%- extends "base.html" %}
        {%- block title %}{{ super() }}, too{% endblock %}
        {%- block content %}
        {%- import "macros.html" as macros %}
        {%- from "macros.html" import show with context %}
        {{ macros.show(1) }} {{ show(2) }} {{ known }} {{ self.title() }}
        {% for number in [1, 2] %}{% include "part.html" %}{% endfor %}
        {% include "part.html" without context %}
        {% endblock %}""",
}


def test_templates_that_extend_import_and_include_others_come_to_the_same() -> None:
    pages = []
    for kind in (Flask, FastPath):
        app = make(kind)
        app.jinja_loader = DictLoader(TEMPLATES)
        app.jinja_env.globals["known"] = "everywhere"
        app.context_processor(lambda: {"given": "by a processor"})
        values: list[dict[str, str]] = [{}, {"given": "by the view"}, {"known": "here alone"}]
        with app.test_request_context("/"):
            pages.append([flask.render_template("page.html", **names) for names in values])
    assert pages[0] == pages[1]
    assert len(set(pages[1])) == 3
