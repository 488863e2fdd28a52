"""The case "realistic" of contenders.py: what applications usually have.

A secret, a session read from its signed cookie, two hooks before a request and one after it, a value that all templates get, and a
template. ``/login`` opens the session, ``/page`` shows the page. Bottle has no sessions: its signed cookie stands for one. Falcon
has neither, and is left out.
"""

from collections.abc import Callable
from typing import Any

import bottle
import flask
import pyramid.config
import pyramid.events
import pyramid.httpexceptions
import pyramid.session
from applications.answers import TEMPLATES, VALUES
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.template.backends.jinja2 import Jinja2
from django.urls import path

SECRET = "x" * 32
USER = "world"
WITHOUT_USER = {key: value for key, value in VALUES.items() if key != "name"}


def over_flask(kind: type[flask.Flask]) -> flask.Flask:
    """Return the application over stock Flask or App."""
    app = kind("contender", template_folder=str(TEMPLATES))
    app.secret_key = SECRET

    @app.before_request
    def find_user() -> None:
        flask.g.user = flask.session.get("user")

    @app.before_request
    def find_language() -> None:
        flask.g.language = "en"

    @app.after_request
    def harden(response: flask.Response) -> flask.Response:
        response.headers["X-Frame-Options"] = "DENY"
        return response

    @app.context_processor
    def site() -> dict[str, str]:
        return {"site": "Shop"}

    @app.route("/login")
    def login() -> str:
        flask.session["user"] = USER
        return ""

    @app.route("/page")
    def page() -> str:
        return flask.render_template("page.html", name=flask.g.user, **WITHOUT_USER)

    return app


def over_bottle() -> Any:
    """Return the application over Bottle."""
    app = bottle.Bottle()
    template = bottle.Jinja2Template(name="page.html", lookup=[str(TEMPLATES)], autoescape=True)
    template.defaults = {"site": "Shop"}

    @app.hook("before_request")  # type: ignore[untyped-decorator]
    def find_user() -> None:
        bottle.request.user = bottle.request.get_cookie("user", secret=SECRET)

    @app.hook("before_request")  # type: ignore[untyped-decorator]
    def find_language() -> None:
        bottle.request.language = "en"

    @app.hook("after_request")  # type: ignore[untyped-decorator]
    def harden() -> None:
        bottle.response.set_header("X-Frame-Options", "DENY")

    @app.route("/login")  # type: ignore[untyped-decorator]
    def login() -> str:
        bottle.response.set_cookie("user", USER, secret=SECRET)
        return ""

    @app.route("/page")  # type: ignore[untyped-decorator]
    def page() -> str:
        text: str = template.render(name=bottle.request.user, **WITHOUT_USER)
        return text

    return app


def over_pyramid() -> Any:
    """Return the application over Pyramid, whose session's cookie is not sent again with each answer."""

    def find_user(event: Any) -> None:
        event.request.user = event.request.session.get("user")

    def find_language(event: Any) -> None:
        event.request.language = "en"

    def harden(event: Any) -> None:
        event.response.headers["X-Frame-Options"] = "DENY"

    def site(event: Any) -> None:
        event["site"] = "Shop"

    def login(request: Any) -> Any:
        request.session["user"] = USER
        return pyramid.httpexceptions.HTTPNoContent()

    def page(request: Any) -> dict[str, object]:
        return {"name": request.user, **WITHOUT_USER}

    sessions = pyramid.session.SignedCookieSessionFactory(SECRET, reissue_time=None)
    with pyramid.config.Configurator(session_factory=sessions) as config:
        config.include("pyramid_jinja2")
        config.add_jinja2_renderer(".html")
        config.add_jinja2_search_path(str(TEMPLATES), name=".html")
        config.add_subscriber(find_user, pyramid.events.NewRequest)
        config.add_subscriber(find_language, pyramid.events.NewRequest)
        config.add_subscriber(harden, pyramid.events.NewResponse)
        config.add_subscriber(site, pyramid.events.BeforeRender)
        config.add_route("login", "/login")
        config.add_view(login, route_name="login")
        config.add_route("page", "/page")
        config.add_view(page, route_name="page", renderer="page.html")
        return config.make_wsgi_app()


def over_django(urlpatterns: list[Any]) -> Any:
    """Return the application over Django: its settings, which are there, with more middleware.

    Args:
        urlpatterns: Where its URLs go, in the module that the settings name.
    """

    def login(request: Any) -> HttpResponse:
        request.session["user"] = USER
        return HttpResponse()

    def page(request: Any) -> HttpResponse:
        context = {"name": request.user, **WITHOUT_USER}
        return HttpResponse(engine.get_template("page.html").render(context, request))

    # Not in the settings: the other application would look there for a page for each 404.
    options = {"context_processors": [f"{__name__}.site"], "auto_reload": False}
    engine = Jinja2({"NAME": "jinja2", "DIRS": [TEMPLATES], "APP_DIRS": False, "OPTIONS": options})
    urlpatterns += [path("login", login), path("page", page)]
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
    settings.MIDDLEWARE = [
        *settings.MIDDLEWARE,  # the last of which sets X-Frame-Options after each request
        "django.contrib.sessions.middleware.SessionMiddleware",
        f"{__name__}.find_user",
        f"{__name__}.find_language",
    ]
    return WSGIHandler()


def site(request: Any) -> dict[str, str]:
    """Give all of Django's templates a value."""
    return {"site": "Shop"}


def find_user(get_response: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Wrap Django's handler in what finds the user."""

    def middleware(request: Any) -> Any:
        request.user = request.session.get("user")
        return get_response(request)

    return middleware


def find_language(get_response: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Wrap Django's handler in what finds the language."""

    def middleware(request: Any) -> Any:
        request.language = "en"
        return get_response(request)

    return middleware
