"""The core's ``App``: how an application is put together."""

import sys
from collections.abc import Iterator
from pathlib import Path
from textwrap import dedent
from types import ModuleType

import pytest
from core import App, ExtensionError, SettingsError
from flask import Blueprint, Flask
from hypothesis import given
from hypothesis import strategies as st


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A package ``shop`` with settings and an empty module of extensions."""
    package = tmp_path / "shop"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "settings.py").write_text("SECRET_KEY = 'x'\nSESSION_COOKIE_SECURE = None\nA = 1\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield package
    for name in [name for name in sys.modules if name.partition(".")[0] == "shop"]:
        del sys.modules[name]


def configured(*sources: object) -> App:
    app = App("shop")
    app.configure(".settings", *sources)
    return app


class TestSettings:
    def test_a_list_of_sources_is_laid_in_its_order(self, shop: Path) -> None:
        (shop / "b.toml").write_text("A = 2\nB = 2\n")
        app = configured([str(shop / "b.toml"), {"B": 3}, None, [{"C": 4}]])
        assert (app.config["A"], app.config["B"], app.config["C"]) == (2, 3, 4)

    def test_the_environment_is_a_source(self, shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SHOP_A", "2")
        monkeypatch.setenv("SHOP_NAMES", '["Ada"]')
        monkeypatch.setenv("OTHER_A", "3")
        app = configured("SHOP_*")
        assert app.config["A"] == 2
        assert app.config["NAMES"] == ["Ada"]

    @given(
        st.lists(st.dictionaries(st.sampled_from("ABCD"), st.integers(), max_size=4), max_size=4),
        st.integers(0, 4),
    )
    def test_later_sources_win_however_they_are_grouped(
        self, sources: list[dict[str, int]], cut: int
    ) -> None:
        one, other = App(__name__), App(__name__)
        base: dict[str, object] = {"SECRET_KEY": "x"}
        one.configure(base, *sources)
        other.configure([base, sources[:cut]], sources[cut:])
        merged = {key: value for source in sources for key, value in source.items()}
        assert {key: one.config[key] for key in merged} == merged
        assert one.config == other.config

    def test_an_application_has_the_name_that_its_settings_give(self, shop: Path) -> None:
        assert configured().name == "shop"
        assert configured({"APP_NAME": "backend"}).name == "backend"


class Extension:
    """An extension that notes its name on the application, or fails."""

    def __init__(self, name: str, error: Exception | None = None) -> None:
        self.name, self.error = name, error

    def init_app(self, app: Flask) -> None:
        if self.error:
            raise self.error
        app.extensions[self.name] = self


class Search(Extension):
    """Has a name to be found in messages."""


def extensions_of(shop: Path, text: str) -> ModuleType:
    (shop / "extensions.py").write_text(dedent(text))
    from shop import extensions  # type: ignore[import-not-found]

    return extensions  # type: ignore[no-any-return]


class TestExtensions:
    def test_are_bound_in_their_order(self, shop: Path) -> None:
        app = configured()
        app.init_extensions(Extension("one"), Extension("two"))
        assert list(app.extensions) == ["one", "two"]

    def test_an_error_names_the_one_that_failed(self, shop: Path) -> None:
        app, error = configured(), KeyError("SEARCH_URL")
        with pytest.raises(ExtensionError, match=r"^Search: KeyError: 'SEARCH_URL'$") as caught:
            app.init_extensions(Extension("one"), Search("two", error), Extension("three"))
        assert caught.value.__cause__ is error
        assert list(app.extensions) == ["one"]

    def test_of_a_module_an_error_names_the_statement(self, shop: Path) -> None:
        module = extensions_of(
            shop,
            """
            class Cache:
                def init_app(self, app):
                    self.url = app.config["CACHE_URL"]

            cache = Cache()

            def init_app(app):
                app.extensions["first"] = True
                cache.init_app(app)
                app.extensions["last"] = True
            """,
        )
        app = configured()
        message = r"^cache\.init_app\(app\) \(line 10 of shop\.extensions\): KeyError: 'CACHE_URL'$"
        with pytest.raises(ExtensionError, match=message):
            app.init_extensions(module)
        assert list(app.extensions) == ["first"]

    def test_what_a_setting_lacks_is_said_by_the_extension_itself(self, shop: Path) -> None:
        error = SettingsError("SITE_URL is not set.")
        with pytest.raises(SettingsError) as caught:
            configured().init_extensions(Search("two", error))
        assert caught.value is error

    def test_without_init_app_it_is_none(self, shop: Path) -> None:
        with pytest.raises(ExtensionError, match=r"^object: AttributeError: .*init_app"):
            configured().init_extensions(object())


class TestBlueprints:
    def test_share_the_extensions_of_the_application(self, shop: Path) -> None:
        app, blueprint = configured(), Blueprint("pages", __name__)
        app.register_blueprint(blueprint)
        app.init_extensions(Extension("late"))
        assert blueprint.extensions is app.extensions  # type: ignore[attr-defined]

    def test_have_them_while_they_are_registered(self, shop: Path) -> None:
        seen: list[object] = []
        app, blueprint = configured(), Blueprint("pages", __name__)
        blueprint.record(lambda state: seen.append(blueprint.extensions))  # type: ignore[attr-defined]
        app.register_blueprint(blueprint)
        assert seen == [app.extensions]

    def test_options_go_along(self, shop: Path) -> None:
        blueprint = Blueprint("pages", __name__)
        blueprint.add_url_rule("/", "index", lambda: "index")
        app = configured({"BLUEPRINTS": [(blueprint, {"url_prefix": "/p", "name": "other"})]})
        app.register_blueprints()
        assert app.test_client().get("/p/").text == "index"
        assert list(app.blueprints) == ["other"]


def make(settings: object = None, **overrides: object) -> App:
    """Make an application, as the factory of a project does."""
    app = App("shop")
    app.configure({"SECRET_KEY": "x", "SESSION_COOKIE_SECURE": None}, APPS, settings, overrides)
    app.add_url_rule("/", "index", lambda: f"{app.name} {app.config['WHO']}")
    app.mount_apps(make, settings, overrides)
    return app


APPS = {
    "WHO": "all",
    "APPS": {"/backend": {"APP_NAME": "backend", "WHO": "staff"}, "/shop": {"APP_NAME": "front"}},
}


class TestMountedApplications:
    def test_have_settings_and_names_of_their_own(self) -> None:
        client = make().test_client()
        answers = {path: client.get(path).text for path in ("/", "/backend/", "/shop/")}
        assert answers == {"/": "shop all", "/backend/": "backend staff", "/shop/": "front all"}

    def test_get_what_the_first_one_was_given_over_their_own(self) -> None:
        client = make({"WHO": "testers"}).test_client()
        assert client.get("/backend/").text == "backend testers"
        client = make({"WHO": "testers"}, WHO="me").test_client()
        assert client.get("/backend/").text == "backend me"

    def test_mount_no_others(self) -> None:
        assert make().test_client().get("/backend/shop/").status_code == 404

    def test_build_urls_below_their_prefix(self) -> None:
        app = make()
        with app.test_request_context():
            assert app.url_for("index") == "/"
        environ = {"SCRIPT_NAME": "/backend"}
        with app.test_request_context(environ_overrides=environ):
            assert app.url_for("index") == "/backend/"

    def test_without_the_setting_nothing_is_mounted(self) -> None:
        assert make(APPS={}).test_client().get("/backend/").status_code == 404
