"""The core's lazy views: the interface and the behaviour of Flask-LazyViews."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest
from core.lazyviews import LazyView, LazyViewError, LazyViews
from flask import Blueprint, Flask, abort, request
from hypothesis import given
from hypothesis import strategies as st

VIEWS = """
    from flask import request
    from flask.views import MethodView, View

    def index():
        "The first page."
        return "index"

    def page(pk):
        return f"page {pk}"

    def failed(error):
        return f"failed: {error.code}", error.code

    async def later():
        return "later"

    class Pages(View):
        init_every_request = False
        methods = ["GET", "POST"]

        def dispatch_request(self, **values):
            return f"{request.method} pages {values}"

    class Notes(MethodView):
        def get(self):
            return "all notes"

        def post(self):
            return "a new note"

    NUMBER = 7
"""


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package ``shop`` with a module ``views``, which nobody has imported yet."""
    package = tmp_path / "shop"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "views.py").write_text(dedent(VIEWS))
    (package / "templates").mkdir()
    (package / "templates" / "about.html").write_text("about {{ name }} {{ pk }}")
    (package / "static").mkdir()
    (package / "static" / "robots.txt").write_text("robots")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield package
    for name in [name for name in sys.modules if name.partition(".")[0] == "shop"]:
        del sys.modules[name]


@pytest.fixture(params=["app", "blueprint"])
def lazy(request: pytest.FixtureRequest, shop: Path) -> tuple[LazyViews, Callable[[], Flask]]:
    """Lazy views of an application or of a blueprint, and what makes the application ready to serve."""
    app = Flask("shop")
    if request.param == "app":
        return LazyViews(app, ".views"), lambda: app
    blueprint = Blueprint("pages", "shop", static_folder="static", template_folder="templates")

    def ready() -> Flask:
        app.register_blueprint(blueprint)
        return app

    return LazyViews(blueprint, ".views"), ready


Lazy = tuple[LazyViews, Callable[[], Flask]]


def test_a_view_is_imported_when_it_is_first_asked_for(lazy: Lazy) -> None:
    views, ready = lazy
    views.add("/", "index")
    client = ready().test_client()
    assert "shop.views" not in sys.modules
    assert client.get("/").text == "index"
    assert "shop.views" in sys.modules


def test_the_endpoint_has_the_name_of_the_view(lazy: Lazy) -> None:
    views, ready = lazy
    views.add("/", "index")
    views.add("/page/<int:pk>", "page", endpoint="one")
    assert {"index", "one"} <= {
        rule.endpoint.split(".")[-1] for rule in ready().url_map.iter_rules()
    }


def test_options_are_those_of_add_url_rule(lazy: Lazy) -> None:
    views, ready = lazy
    views.add("/page", "page", defaults={"pk": 1})
    views.add("/page/<int:pk>", "page", methods=["PUT"])
    client = ready().test_client()
    assert client.get("/page").text == "page 1"
    assert client.put("/page/2").text == "page 2"
    assert client.get("/page/2").status_code == 405


def test_a_function_will_do_in_the_place_of_a_path(lazy: Lazy) -> None:
    views, ready = lazy
    views.add("/", lambda: "here", endpoint="here")
    assert ready().test_client().get("/").text == "here"


def test_a_class_becomes_a_view(lazy: Lazy) -> None:
    views, ready = lazy
    views.add("/pages/<int:pk>", "Pages", methods=["GET", "POST"])
    views.add("/notes", "Notes", methods=["GET", "POST"])
    client = ready().test_client()
    assert client.post("/pages/3").text == "POST pages {'pk': 3}"
    assert client.get("/notes").text == "all notes"
    assert client.post("/notes").text == "a new note"


def test_a_coroutine_function_runs_to_its_end(lazy: Lazy) -> None:
    views, ready = lazy
    views.add("/", "later")
    app = ready()
    app.async_to_sync = lambda function: lambda *a, **k: asyncio.run(function(*a, **k))  # type: ignore[method-assign]
    assert app.test_client().get("/").text == "later"


def test_an_error_handler_is_lazy_too(lazy: Lazy) -> None:
    views, ready = lazy
    views.add_error(404, "failed", app=True)
    client = ready().test_client()
    assert "shop.views" not in sys.modules
    answer = client.get("/missing")
    assert (answer.status_code, answer.text) == (404, "failed: 404")


def test_a_blueprint_s_error_handler_is_its_own_unless_told_otherwise(shop: Path) -> None:
    app, blueprint = Flask("shop"), Blueprint("pages", "shop")
    LazyViews(blueprint, "shop.views").add_error(404, "failed")
    blueprint.add_url_rule("/own", "own", lambda: abort(404))
    app.add_url_rule("/other", "other", lambda: abort(404))
    app.register_blueprint(blueprint)
    client = app.test_client()
    assert client.get("/own").text == "failed: 404"
    assert client.get("/other").text != "failed: 404"


def test_an_exception_may_have_a_lazy_handler(shop: Path) -> None:
    app = Flask("shop")
    views = LazyViews(app, ".views")
    views.add_error(ZeroDivisionError, lambda error: "divided")
    views.add("/", lambda: str(1 // 0), endpoint="broken")
    assert app.test_client().get("/").text == "divided"


def test_a_file_of_the_static_folder_gets_an_address_of_its_own(lazy: Lazy) -> None:
    views, ready = lazy
    views.add_static("/robots.txt", "robots.txt", endpoint="robots")
    views.add_static("/files/<path:filename>", endpoint="files")
    client = ready().test_client()
    for address in ("/robots.txt", "/files/robots.txt"):
        with client.get(address) as answer:
            assert answer.text == "robots"


def test_defaults_of_the_caller_stay_as_they_were(lazy: Lazy) -> None:
    defaults: dict[str, str] = {}
    lazy[0].add_static("/robots.txt", "robots.txt", endpoint="robots", defaults=defaults)
    assert defaults == {}


def test_a_template_gets_an_address(lazy: Lazy) -> None:
    views, ready = lazy
    views.add_template("/about", "about.html", context={"name": "Ada"})
    views.add_template("/about/<int:pk>", "about.html", endpoint="one")
    client = ready().test_client()
    assert client.get("/about").text == "about Ada "
    assert client.get("/about/3").text == "about  3"


def test_a_context_that_is_called_is_called_for_each_request(lazy: Lazy) -> None:
    views, ready = lazy
    views.add_template("/about", "about.html", context=lambda: {"name": request.args["name"]})
    client = ready().test_client()
    assert client.get("/about?name=Ada").text == "about Ada "
    assert client.get("/about?name=Alan").text == "about Alan "


def test_a_wrong_path_fails_when_it_is_first_used(lazy: Lazy) -> None:
    views, ready = lazy
    views.add("/", "missing")
    app = ready()
    app.testing = True
    with pytest.raises(LazyViewError, match=r"'shop.views.missing'.*no attribute 'missing'"):
        app.test_client().get("/")


def test_a_wrong_path_stops_the_start_of_an_application_in_debug(shop: Path) -> None:
    app = Flask("shop")
    app.debug = True
    with pytest.raises(LazyViewError, match=r"'shop.views.missing'.*no attribute 'missing'"):
        LazyViews(app, ".views").add("/", "missing")


def test_a_wrong_path_of_a_blueprint_stops_the_start_in_debug(shop: Path) -> None:
    app, blueprint = Flask("shop"), Blueprint("pages", "shop")
    app.debug = True
    LazyViews(blueprint, ".views").add_error(404, "missing")
    with pytest.raises(LazyViewError, match=r"'shop.views.missing'.*no attribute 'missing'"):
        app.register_blueprint(blueprint)


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("shop.missing.index", "No module named 'shop.missing'"),
        ("shop.views.missing", "has no attribute 'missing'"),
        ("shop.views.NUMBER", "is not callable"),
        ("index", "index"),
    ],
)
def test_an_error_names_the_path_and_the_reason(shop: Path, path: str, reason: str) -> None:
    with pytest.raises(LazyViewError) as caught:
        LazyView(path)()
    assert f"Lazy view {path!r}: " in str(caught.value)
    assert reason in str(caught.value)


def test_a_module_that_lacks_a_package_says_which(shop: Path) -> None:
    (shop / "broken.py").write_text("import a_package_that_nobody_has\n")
    with pytest.raises(LazyViewError, match="No module named 'a_package_that_nobody_has'"):
        LazyView("shop.broken.index")()


def test_a_mistake_in_a_module_is_shown_as_it_is(shop: Path) -> None:
    (shop / "broken.py").write_text("1 / 0\n")
    with pytest.raises(ZeroDivisionError):
        LazyView("shop.broken.index")()


def test_a_view_that_was_mended_works_without_a_new_start(shop: Path) -> None:
    view = LazyView("shop.views.added")
    with pytest.raises(LazyViewError):
        view()
    sys.modules["shop.views"].added = lambda: "added"  # type: ignore[attr-defined]
    assert view() == "added"


def test_modules_that_import_each_other_start_in_debug(shop: Path) -> None:
    """The application stands in a module, and its views import it from there."""
    (shop / "app.py").write_text(
        dedent("""
        from flask import Flask
        from core.lazyviews import LazyViews

        app = Flask("shop")
        app.debug = True
        LazyViews(app, ".pages").add("/", "index")
        DATABASE = "the database"
        """)
    )
    (shop / "pages.py").write_text(
        "from .app import DATABASE\n\ndef index():\n    return DATABASE\n"
    )
    from shop.app import app  # type: ignore[import-not-found]

    assert app.test_client().get("/").text == "the database"


@pytest.mark.parametrize(
    ("import_name", "prefix", "path"),
    [
        ("shop", ".views", "shop.views.index"),
        ("shop.views", ".views", "shop.views.index"),
        ("shop", "shop.views", "shop.views.index"),
        ("shop", None, "shop.views.index"),
        ("shop.views", None, "shop.views.index"),
    ],
    ids=["of a package", "of a module", "whole", "none", "none of a module"],
)
def test_a_prefix_stands_before_the_path(
    shop: Path, import_name: str, prefix: str | None, path: str
) -> None:
    __import__("shop.views")
    app = Flask(import_name, root_path=str(shop))
    assert LazyViews(app, prefix).get_view("index") == LazyView(path)


def test_a_path_with_dots_is_whole_without_a_prefix(shop: Path) -> None:
    assert LazyViews(Flask("shop")).get_view("other.views.index") == LazyView("other.views.index")


def test_one_object_serves_several_applications(shop: Path) -> None:
    views = LazyViews(import_prefix=".views")
    applications = [Flask("shop"), Flask("shop")]
    for app in applications:
        views.init_app(app)
        views.add("/", "index")
    assert [app.test_client().get("/").text for app in applications] == ["index", "index"]


def test_a_blueprint_may_be_registered_more_than_once(shop: Path) -> None:
    blueprint = Blueprint("pages", "shop")
    views = LazyViews()
    views.init_blueprint(blueprint, ".views")
    views.add("/", "index")
    app = Flask("shop")
    app.register_blueprint(blueprint, url_prefix="/a")
    app.register_blueprint(blueprint, url_prefix="/b", name="again")
    client = app.test_client()
    assert [client.get(path).text for path in ("/a/", "/b/")] == ["index", "index"]


def test_without_an_application_it_says_what_to_do() -> None:
    with pytest.raises(RuntimeError, match="init_app"):
        LazyViews().add("/", "index")


def test_a_relative_prefix_needs_a_package() -> None:
    with pytest.raises(ValueError, match="prefix"):
        LazyViews(Flask("__main__", root_path="."), ".views")


def test_the_same_path_may_have_several_rules(lazy: Lazy) -> None:
    views, ready = lazy
    views.add("/", "index")
    views.add("/index", "index")
    assert ready().test_client().get("/index").text == "index"


def test_another_path_for_an_endpoint_is_refused(shop: Path) -> None:
    views = LazyViews(Flask("shop"), ".views")
    views.add("/", "index", endpoint="one")
    with pytest.raises(AssertionError, match="one"):
        views.add("/page", "page", endpoint="one")


def test_a_lazy_view_has_the_names_and_the_documentation_of_its_view(shop: Path) -> None:
    view = LazyView("shop.views.index")
    assert (view.__module__, view.__name__) == ("shop.views", "index")
    assert view.__doc__ == "The first page."
    assert LazyView("shop.views.missing").__doc__ is None
    assert repr(view) == "<LazyView 'shop.views.index'>"


PATHS = st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=4).map(".".join)


@given(PATHS, PATHS)
def test_lazy_views_are_equal_when_their_paths_are(one: str, other: str) -> None:
    assert (LazyView(one) == LazyView(other)) is (one == other)
    assert one != other or hash(LazyView(one)) == hash(LazyView(other))


@given(prefix=st.none() | PATHS, path=PATHS)
def test_a_whole_prefix_is_joined_by_a_dot(prefix: str | None, path: str) -> None:
    views = LazyViews(import_prefix=prefix)
    views.instance = None
    views.import_prefix = prefix
    assert views.build_import_name(path) == ".".join(filter(None, [prefix, path]))


def test_admin_views_are_refused_on_blueprints_and_without_flask_admin(shop: Path) -> None:
    with pytest.raises(ValueError, match="blueprint"):
        LazyViews(Blueprint("pages", "shop")).add_admin("views.Pages")
    with pytest.raises(ValueError, match="no admin"):
        LazyViews(Flask("shop")).add_admin("views.Pages")
