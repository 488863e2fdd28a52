"""A row of the matrix fails where it should: each of its checks is seen to fail once."""

from pathlib import Path

import pytest

from scaffold_cli.testing import RowError, rows, try_out

pytestmark = pytest.mark.real

MANIFEST = """
id = "greeter"
title = "Greeter"
group = "fun"
summary = "Greets."
docs = "https://example.org"
bound = "extensions.greeter"

[wire]
imports = ["from .greeter import Greeter"]
objects = ["greeter = Greeter()"]
init = ["greeter.init_app(app)"]
"""
# What it greets with belongs to the application, but is kept on the one object.
LAST_WINS = '''\
"""Greets visitors."""

from flask import Flask


class Greeter:
    """Greets in the name of the site."""

    site: str = ""

    def init_app(self, app: Flask) -> None:
        """Bind it to an application."""
        app.extensions["greeter"] = self
        self.site = app.config["SITE_NAME"]
'''
TEST = '''\
"""Visitors are greeted in the name of the site."""

from ..extensions import greeter
from .base import AppTestCase


class GreeterTest(AppTestCase):
    def test_it_speaks_for_the_site(self) -> None:
        self.assertEqual(self.app.config["SITE_NAME"], greeter.site)
'''
FILES = "greeter/files/{{cookiecutter.package}}"


def catalogue(folder: Path, changes: dict[str, str]) -> Path:
    texts = {
        "greeter/extension.toml": MANIFEST,
        f"{FILES}/greeter.py": LAST_WINS,
        f"{FILES}/tests/test_greeter.py": TEST,
    }
    for path, text in {**texts, **changes}.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text)
    return folder


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({}, "two applications in"),
        ({f"{FILES}/tests/test_greeter.py": TEST.replace("Equal", "NotEqual")}, "unittest in"),
        ({f"{FILES}/greeter.py": LAST_WINS.replace(" -> None", "")}, "mypy in"),
        (
            {
                "greeter/extension.toml": MANIFEST.replace("bound", "multi_app = false\nbound")
                + '\n[processes]\nbrief = "true"\n'
            },
            "a process of the Procfile ended in",
        ),
    ],
    ids=["the last application wins", "a test fails", "a type is missing", "a process ends"],
)
def test_a_row_says_what_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changes: dict[str, str], told: str
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))  # where the folder stays
    with pytest.raises(RowError, match=told):
        try_out("greeter deploy=none", catalogue(tmp_path, changes))


def test_an_object_each_is_taken_at_its_word(tmp_path: Path) -> None:
    honest = MANIFEST.replace("bound", "multi_app = false\nbound")

    try_out("greeter deploy=none", catalogue(tmp_path, {"greeter/extension.toml": honest}))


def test_packages_are_got_as_elsewhere_on_this_machine_and_nothing_else_of_it_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = {"SSL_CERT_FILE": "own.pem", "https_proxy": "http://proxy:3128", "UV_HTTP_RETRIES": "8"}
    for name, value in {**known, "SECRET_KEY": "ours", "FLASK_DEBUG": "1"}.items():
        monkeypatch.setenv(name, value)

    seen = rows._environment(tmp_path)

    assert known.items() <= seen.items()
    assert not {"SECRET_KEY", "FLASK_DEBUG"} & seen.keys()
