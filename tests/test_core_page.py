"""The core's page on itself says what is there."""

import re
from pathlib import Path

import pytest
import vendored
from core import App, LazyViews

PAGE = (vendored.FOLDER / "README.md").read_text("utf-8")


def test_every_module_and_folder_is_named() -> None:
    found = {
        entry.name + "/" * entry.is_dir()
        for entry in vendored.FOLDER.iterdir()
        if not entry.name.startswith("__") and entry.name != "README.md"
    }
    assert {name for name in found if f"`{name}`" not in PAGE} == set()


def test_what_is_named_of_app_is_there_and_nothing_is_left_out() -> None:
    own = {name for name in vars(App) if not name.startswith("_")}
    named = set(re.findall(r"`(\w+)\(", PAGE)) | set(re.findall(r"`(\w+)`", PAGE))
    assert own - {"register_blueprint", "mount_apps"} <= named


VIEWS = """
def index(): ...
def not_found(error): ...
class PageView: ...
"""


def test_its_example_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In debug mode, so that each path is tried."""
    [code] = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    package = tmp_path / "page_of_the_core"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "views.py").write_text(VIEWS)
    monkeypatch.syspath_prepend(str(tmp_path))
    app = App(package.name)
    app.debug = True

    exec(code, {"app": app, "LazyViews": LazyViews})

    rules = {rule.rule for rule in app.url_map.iter_rules()}
    assert {"/", "/pages/<int:pk>", "/robots.txt", "/about"} <= rules
