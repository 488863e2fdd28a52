"""Two commands at once: the second one waits, or says so; neither breaks the other."""

import json
import os
import subprocess
import sys
import time

import pytest
from filelock import FileLock
from life import Life
from projects import LIMIT, clean_environment

from scaffold_cli import history, state


def test_the_second_waits_until_the_first_has_ended(
    life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    (life.root / history.FOLDER).mkdir()
    first = FileLock(life.root / history.LOCK)
    first.acquire()
    monkeypatch.setattr(time, "sleep", lambda seconds: first.release())

    assert life.run("add", "caching").exit_code == 0
    assert not first.is_locked


@pytest.mark.parametrize("words", [("add", "caching"), ("continue",), ("abort",), ("undo",)])
def test_the_second_says_so_when_the_first_takes_long(
    life: Life, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setattr(history, "PATIENCE", 0)
    before = life.files()

    with history.locked(str(life.root)):
        done = life.attempt(*words)

    assert done.exit_code == 1
    assert "Another scaffold is changing this project." in done.output
    assert life.files() == before


def test_what_only_shows_does_not_wait(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "PATIENCE", 0)

    with history.locked(str(life.root)):
        life.run("status")
        life.run("diff")
        life.run("add", "caching", "--dry-run")


def test_of_several_processes_none_breaks_another(life: Life) -> None:
    names = ("caching", "mail", "systemd")
    born = life.files()
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "scaffold_cli", "add", name, "-y"],
            env=clean_environment(PYTHONPATH=os.pathsep.join(sys.path)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in names
    ]
    ends = [(process.communicate(timeout=LIMIT)[1], process.returncode) for process in processes]

    for errors, code in ends:
        assert code == 0 or (code == 1 and "Another scaffold" in errors), errors
    done = {name for name, (_, code) in zip(names, ends, strict=True) if code == 0}
    assert done
    assert {*state.read(str(life.root)).answers.extensions} & {*names} == done
    assert {*json.loads(life.run("status", "--json").stdout)["files"].values()} == {"pristine"}
    for _ in done:
        life.run("undo")
    assert life.files() == born
