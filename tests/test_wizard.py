"""``scaffold new`` in a terminal: a real one, with keys pressed."""

import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

pexpect = pytest.importorskip("pexpect", reason="there are no pseudo-terminals on Windows")

Start = Callable[..., "pexpect.spawn[str]"]
DOWN, ENTER, CTRL_C, CTRL_U, BACKSPACE = "\x1b[B", "\r", "\x03", "\x15", "\x7f"


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start the command in a terminal and an empty folder."""
    started: list[pexpect.spawn[str]] = []

    def spawn(*arguments: str) -> "pexpect.spawn[str]":
        child = pexpect.spawn(
            sys.executable,
            ["-m", "scaffold_cli", "new", "--no-install", "--no-git", *arguments],
            cwd=tmp_path,
            env={**os.environ, "TERM": "xterm", "COLUMNS": "120"},
            encoding="utf-8",
            timeout=20,
            dimensions=(50, 120),
        )
        started.append(child)
        return child

    yield spawn
    for child in started:
        child.close(force=True)


def test_enter_at_every_question_makes_the_default_application(
    start: Start, tmp_path: Path
) -> None:
    child = start()
    child.expect("What is the application called")
    child.send(ENTER)
    child.expect("Blueprints")
    child.send(ENTER)
    child.expect("Extensions")
    child.send(ENTER)
    child.expect("Where will it run")
    child.send(ENTER)
    child.expect('scaffold new "My App" -y')
    child.expect("Make it")
    child.send(ENTER)
    child.expect("Next:")
    child.expect(pexpect.EOF)

    state = (tmp_path / "my-app/.scaffold/state.toml").read_text()
    assert re.findall(r'^    "(\w+)",$', state, re.M) == [
        "debugtoolbar",
        "migrate",
        "sqlalchemy",
        "wtf",
    ]


def test_what_is_typed_and_ticked_is_made(start: Start, tmp_path: Path) -> None:
    child = start()
    child.expect("What is the application called")
    child.send(CTRL_U + "Мой Магазин" + ENTER)
    child.expect("Folder and distribution name")
    child.send(ENTER)
    child.expect("Blueprints")
    child.send("blog" + ENTER)
    child.expect("Extensions")
    child.send("flask-log" + " " + ENTER)  # the title counts, too
    child.expect("Where will it run")
    child.send(DOWN + ENTER)
    child.expect("Make it")
    child.send(ENTER)
    child.expect(pexpect.EOF)

    state = (tmp_path / "moi-magazin/.scaffold/state.toml").read_text()
    assert '    "login",\n' in state
    assert '    "blog",\n' in state
    assert 'deploy = "heroku"' in state


def test_what_can_not_stand_together_is_told_at_once_and_can_be_mended(
    start: Start, tmp_path: Path
) -> None:
    child = start("Shop", "--set", "deploy=none", "--set", "blueprints=")
    child.expect(
        re.escape("\x1b[6n")
    )  # it asks where the cursor is, to know how much room is below
    child.send("\x1b[1;1R")
    child.expect("Extensions")
    child.send("gunicorn" + " " + BACKSPACE * 8 + "uwsgi" + " " + ENTER)
    child.expect("only one can play the role server")
    child.send(" " + ENTER)
    child.expect("Make it")
    child.send(ENTER)
    child.expect(pexpect.EOF)

    state = (tmp_path / "shop/.scaffold/state.toml").read_text()
    assert '    "gunicorn",\n' in state
    assert '    "uwsgi' not in state


def test_what_is_said_on_the_command_line_is_not_asked(start: Start, tmp_path: Path) -> None:
    child = start("Shop", "--preset", "minimal", "--blueprint", "blog", "--set", "deploy=uwsgi")
    child.expect("Make it")
    child.send(ENTER)
    child.expect(pexpect.EOF)

    assert "Blueprints beside" not in child.before
    assert (tmp_path / "shop/shop/blog").is_dir()


def test_a_bad_name_is_refused_at_once_and_can_be_mended(start: Start, tmp_path: Path) -> None:
    child = start("--preset", "minimal", "--set", "deploy=uwsgi", "--set", "blueprints=")
    child.expect("What is the application called")
    child.send(CTRL_U + "flask" + ENTER)
    child.expect("would hide the installed package")
    child.send(" shop" + ENTER)
    child.expect("Make it")
    child.send(ENTER)
    child.expect(pexpect.EOF)

    assert (tmp_path / "flask-shop").is_dir()


def test_no_at_the_end_makes_nothing(start: Start, tmp_path: Path) -> None:
    child = start("Shop", "--preset", "minimal", "--set", "deploy=uwsgi", "--set", "blueprints=")
    child.expect("Make it")
    child.send("n" + ENTER)
    child.expect(pexpect.EOF)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("question", ["What is the application called", "Blueprints", "Make it"])
def test_ctrl_c_at_a_question_makes_nothing(start: Start, tmp_path: Path, question: str) -> None:
    child = start("--preset", "minimal", "--set", "deploy=uwsgi")
    for asked in ["What is the application called", "Blueprints", "Make it"]:
        child.expect(asked)
        if asked == question:
            break
        child.send(ENTER)
    child.send(CTRL_C)
    child.expect(pexpect.EOF)
    child.close()

    assert child.exitstatus == 1
    assert "Traceback" not in child.before
    assert list(tmp_path.iterdir()) == []
