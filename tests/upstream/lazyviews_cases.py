"""What becomes of lazy views: printed as JSON, for one implementation of the interface.

Run as ``python lazyviews_cases.py MODULE``, in an environment that has the module, Flask and Flask-Admin.
"""

import json
import sys
from importlib import import_module

from flask import Blueprint, Flask
from flask.views import MethodView, View
from flask_admin import Admin, BaseView, expose
from jinja2 import DictLoader

LazyViews = import_module(sys.argv[1]).LazyViews
HERE = sys.modules["lazyviews_cases"] = sys.modules[__name__]
CALLS = []


def index():
    return "index"


def page(pk):
    return f"page {pk}"


def failed(error):
    return f"failed {getattr(error, 'code', error)}", 500


def context():
    CALLS.append("context")
    return {"name": "Ada"}


def broken():
    return str(1 // 0)


class Pages(View):
    def dispatch_request(self, pk):
        return f"pages {pk}"


class Notes(MethodView):
    def get(self):
        return "notes"

    def post(self):
        return "a note"


class Report(BaseView):
    @expose("/")
    def index(self):
        return f"report {self.name} {self.category}"


def answers(app, *requests):
    """Return status and text of requests, each a method and a path."""
    client = app.test_client()
    got = [client.open(path, method=method) for method, path in requests]
    return [[answer.status_code, answer.text if answer.status_code < 400 else ""] for answer in got]


def made(instance_of="app", prefix="lazyviews_cases"):
    app = Flask("lazyviews_cases", root_path=sys.path[0], static_folder="files")
    blueprint = Blueprint("b", "lazyviews_cases", static_folder="files", url_prefix="/b")
    return app, blueprint, LazyViews(app if instance_of == "app" else blueprint, prefix)


def rules():
    app, _, views = made()
    views.add("/", "index")
    views.add("/index", "index")
    views.add("/page", "page", defaults={"pk": 1}, endpoint="default_page")
    views.add("/page/<int:pk>", "page", methods=("GET", "POST"))
    views.add("/function", index, endpoint="function")
    got = answers(
        app,
        ("GET", "/"),
        ("GET", "/index"),
        ("GET", "/page"),
        ("POST", "/page/2"),
        ("POST", "/page"),
    )
    return [got, sorted(app.view_functions), [str(rule) for rule in app.url_map.iter_rules()]]


def classes():
    app, _, views = made()
    views.add("/pages/<int:pk>", "Pages", endpoint="pages")
    views.add("/notes", "Notes", methods=["GET", "POST"])
    return answers(
        app, ("GET", "/pages/3"), ("GET", "/notes"), ("POST", "/notes"), ("PUT", "/notes")
    )


def blueprints():
    app, blueprint, views = made("blueprint")
    views.add("/", "index")
    views.add_error(404, "failed", app=True)
    app.register_blueprint(blueprint)
    return [answers(app, ("GET", "/b/"), ("GET", "/missing")), sorted(app.view_functions)]


def errors():
    app, _, views = made()
    views.add_error(404, "failed")
    views.add_error(ZeroDivisionError, "failed")
    views.add("/broken", "broken")
    client = app.test_client()
    return [client.get("/missing").text, client.get("/broken").text]


def static_files():
    app, _, views = made()
    views.add_static("/robots.txt", "robots.txt", endpoint="robots")
    views.add_static("/favicon.ico", filename="favicon.ico", endpoint="favicon", defaults={})
    views.add_static("/files/<path:filename>", endpoint="all_files")
    return [str(rule) + str(rule.defaults) for rule in app.url_map.iter_rules()]


def templates():
    app, _, views = made()
    app.jinja_env.loader = DictLoader({"a.html": "{{ name }} {{ pk }}"})
    views.add_template("/plain", "a.html", endpoint="plain")
    views.add_template("/dict", "a.html", endpoint="dict", context={"name": "Ada"})
    views.add_template("/called", "a.html", endpoint="called", context=context)
    views.add_template("/page/<int:pk>", "a.html", endpoint="page", context={"pk": 0})
    paths = ["/plain", "/dict", "/called", "/page/3"]
    return answers(app, *[("GET", path) for path in paths])


def template_without_an_endpoint():
    app, _, views = made()
    views.add_template("/plain", "a.html")
    return sorted(app.view_functions)


def context_that_is_called():
    _, _, views = made()
    del CALLS[:]
    views.add_template("/called", "a.html", endpoint="called", context=context)
    return CALLS


def admin():
    app, _, views = made()
    app.secret_key = "testing"
    Admin(app)
    views.add_admin("Report", name="Sales", category="Money", endpoint="report")
    views.add_admin(Report("Stock", endpoint="stock"))
    return answers(app, ("GET", "/admin/report/"), ("GET", "/admin/stock/"))


def admin_of_a_blueprint():
    made("blueprint")[2].add_admin("Report")


def admin_without_the_extension():
    made()[2].add_admin("Report")


def not_initialised():
    LazyViews().add("/", "index")


def later():
    app = Flask("lazyviews_cases", root_path=sys.path[0])
    views = LazyViews()
    views.init_app(app, "lazyviews_cases")
    views.add("/", "index")
    return answers(app, ("GET", "/"))


def relative_prefix():
    app = Flask("json", root_path=sys.path[0])
    return LazyViews(app, ".decoder").build_import_name("JSONDecoder")


def relative_prefix_given_before():
    views = LazyViews(import_prefix=".decoder")
    views.init_app(Flask("json", root_path=sys.path[0]))
    return views.build_import_name("JSONDecoder")


def relative_prefix_in_main():
    LazyViews(Flask("__main__", root_path=sys.path[0]), ".views")


def missing_view():
    app, _, views = made()
    views.add("/", "missing")
    return answers(app, ("GET", "/"))


def one_endpoint_for_two_views():
    _, _, views = made()
    views.add("/", "index", endpoint="one")
    views.add("/page", "page", endpoint="one")


def name_alone():
    return LazyViews(Flask("json", root_path=sys.path[0])).get_view("index").import_name


def names():
    view = made()[2].get_view("index")
    return [view.__name__, view.__module__, view.import_name, view.__doc__, view.view is index]


CASES = [
    rules, classes, blueprints, errors, static_files, templates, template_without_an_endpoint,
    context_that_is_called, admin, admin_of_a_blueprint, admin_without_the_extension,
    not_initialised, later, relative_prefix, relative_prefix_given_before, relative_prefix_in_main,
    missing_view, one_endpoint_for_two_views, name_alone, names,
]  # fmt: skip


def outcome(case):
    try:
        return case()
    except Exception as error:
        return "raises " + type(error).__name__


json.dump({case.__name__: outcome(case) for case in CASES}, sys.stdout)
