"""Extensions, records and histories of somebody who means harm: refused before anything is written."""

import json
import os
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from conftest import Folder
from life import Life

from scaffold_cli.tree import is_allowed

MANIFEST = """
id = "greeting"
title = "Greeting"
group = "fun"
summary = "Says hello."
"""
FILES = "hostile/greeting/files"


def told(life: Life, *words: str) -> str:
    """Run a command that has to be refused: in two lines, and with nothing written."""
    before = times(life.root)
    done = life.attempt(*words)
    assert done.exit_code in (1, 2), done.output
    assert isinstance(done.exception, SystemExit), done.exception
    error, hint = done.stderr.splitlines()
    assert error.startswith("Error: ")
    assert hint.startswith("       ")
    assert times(life.root) == before
    return str(done.stderr)


def times(root: Path) -> dict[Path, int]:
    """Return when each file was written last, but for the lock."""
    paths = [path for path in root.rglob("*") if path.is_symlink() or not path.is_dir()]
    return {path: path.lstat().st_mtime_ns for path in paths if path.name != "lock"}


# An extension


@pytest.mark.parametrize(
    "path",
    [
        ".git/hooks/post-checkout",
        ".GIT/hooks/post-checkout",
        "{{cookiecutter.package}}/.git/config",
        "git~1/config",
        "{{cookiecutter.package}}/.git./config",
        ".env",
        ".venv/bin/python",
        ".scaffold/state.toml",
        "{{cookiecutter.description}}/authorized_keys",
        "C:evil",
        "back\\slash",
        "new\nline",
        "{{cookiecutter.package}}/nul.txt",
        "{{cookiecutter.package}}/.g\u200cit/config",
    ],
    ids=ascii,
)
@pytest.mark.skipif(os.name == "nt", reason="Windows can't hold most of these paths")
def test_a_file_that_would_stand_outside_or_in_what_is_not_ours_is_refused(
    life: Life, folder: Folder, path: str
) -> None:
    root = folder({"hostile/greeting/extension.toml": MANIFEST, f"{FILES}/{path}": "evil"})
    life.run("set", "description=..")

    assert "where no extension may write" in told(
        life, "add", "greeting", "--catalog", str(root / "hostile")
    )


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("{{cookiecutter.package}}/Settings.py", "both bring shop/Settings.py"),
        ("readme.md", "both bring readme.md"),
        ("Shop/x.py", "another folder is shop"),
        ("{{cookiecutter.package}}/settings.py/x.py", "where another brings a folder"),
        ("Procfile/x", "where another brings a folder"),
    ],
)
def test_a_twin_of_what_is_there_is_refused(
    life: Life, folder: Folder, path: str, problem: str
) -> None:
    root = folder({"hostile/greeting/extension.toml": MANIFEST, f"{FILES}/{path}": "evil"})

    assert problem in told(life, "add", "greeting", "--catalog", str(root / "hostile"))


def link(path: Path, target: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


def pipe(path: Path, target: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)


@pytest.mark.parametrize(
    ("path", "make"),
    [
        ("files/x.txt", link),
        ("files/folder", link),
        ("files", link),
        ("slots/readme.md", link),
        ("slots", link),
        ("with/redis", link),
        ("files/pipe", pipe),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_what_is_no_plain_file_in_an_extension_is_refused(
    life: Life, folder: Folder, path: str, make: Callable[[Path, Path], None]
) -> None:
    root = folder({"hostile/greeting/extension.toml": MANIFEST, "secret/readme.md": "secret"})
    secret = root / "secret"
    make(
        root / "hostile/greeting" / path,
        secret / "readme.md" if "." in path else secret,
    )

    assert "is a link, or no file at all" in told(
        life, "add", "greeting", "--catalog", str(root / "hostile")
    )


@pytest.mark.parametrize(
    "path",
    ["shop/x.py", "a.b", ".env.example", ".github/x.yml", ".gitignore", "x/.env", "con_/aux_.py"],
)
def test_usual_paths_are_allowed(path: str) -> None:
    assert is_allowed(path)


# A record

HOSTILE = ["../x", "/etc/passwd", "C:\\x", "a/../../x", ".git/hooks/post-checkout", ".env", ""]


@pytest.mark.parametrize("path", HOSTILE)
@pytest.mark.parametrize("words", [("update",), ("status",), ("add", "mail")], ids=" ".join)
def test_a_record_that_names_a_path_outside_is_refused(
    life: Life, path: str, words: tuple[str, ...]
) -> None:
    fact = f'{json.dumps(path)} = {{ owner = "base", policy = "managed", sha256 = "0" }}\n'
    life.write(".scaffold/state.toml", life.read(".scaffold/state.toml") + fact)

    assert "no record of a project" in told(life, *words)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('policy = "managed"', "policy = 3"),
        ('owner = "base"', "color = 3"),
        ("[files]", "[[files]]"),
        ("[template]", "[other]"),
        ("[answers]", "[catalogs]\nfolders = [3]\n[answers]"),
        ("[answers]", "[catalogs]\nfolders = 3\n[answers]"),
        ("format = 1", "format = 1\ncatalogs = 3"),
        ('package = "shop"', 'package = "../x"'),
        ('package = "shop"', "package = 3"),
        ("[answers]", f"x = {'[' * 9999}\n[answers]"),
    ],
    ids=lambda text: text[:20],
)
def test_a_record_with_other_facts_than_ours_is_refused(life: Life, old: str, new: str) -> None:
    text = life.read(".scaffold/state.toml")
    life.write(".scaffold/state.toml", text.replace(old, new, 1))

    told(life, "update")


# A history, which somebody may have put into a repository


def rewritten(path: Path, change: Callable[[str], str]) -> None:
    """Change the names in a history's file."""
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts.items():
            text = change(content.decode()) if name.endswith(".json") else content
            file.writestr(change(name), text)


@pytest.mark.parametrize(
    "path", ["../outside.py", ".git/hooks/post-checkout", ".env", ".scaffold/history/0002.zip"]
)
@pytest.mark.parametrize("words", [("undo", "-y"), ("continue",), ("abort",)], ids=" ".join)
def test_a_history_that_names_a_path_outside_is_refused(
    life: Life, path: str, words: tuple[str, ...]
) -> None:
    life.run("add", "caching")
    done = life.root / ".scaffold/history/0001.zip"
    rewritten(done, lambda text: text.replace("shop/credits/views.py", path))
    if words[0] != "undo":
        done.rename(done.with_name("0001.writing.zip"))

    assert "which no project has" in told(life, *words)


@pytest.mark.parametrize("content", [b"", b"PK", b"\0" * 99])
def test_a_history_that_can_not_be_read_is_told(life: Life, content: bytes) -> None:
    life.run("add", "caching")
    (life.root / ".scaffold/history/0001.zip").write_bytes(content)

    assert "can't be read" in told(life, "undo")


# Links in the project


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
@pytest.mark.parametrize("path", [".scaffold/history", ".scaffold/base", "shop/static"])
def test_nothing_is_written_through_a_link(life: Life, tmp_path: Path, path: str) -> None:
    outside = tmp_path / "outside"
    (life.root / path).parent.mkdir(exist_ok=True)
    if (life.root / path).is_dir():
        (life.root / path).rename(outside)
    else:
        outside.mkdir()
    (life.root / path).symlink_to(outside)
    before = times(outside)

    done = life.attempt("add", "login", "htmx", "bootstrap")

    assert done.exit_code in (1, 3)
    assert isinstance(done.exception, SystemExit)
    assert times(outside) == before


# What is not scaffold's


FOREIGN: Mapping[str, str] = {
    ".env": "SECRET_KEY=mine\n",
    "shop.db": "data",
    "instance/uploads/cat.jpg": "cat",
    "shop/static/mine.css": "a {}\n",
    "shop/mine.py": "MINE = 1\n",
    "notes/readme.md": "mine\n",
    ".git/config": "[core]\n",
    ".venv/pyvenv.cfg": "home = /\n",
}


def test_foreign_and_ignored_files_are_never_touched(life: Life) -> None:
    for path, text in FOREIGN.items():
        life.write(path, text)
    before = {path: (life.root / path).stat() for path in FOREIGN}

    life.run("add", "login", "caching", "--no-install")
    life.run("set", "deploy=none", "--no-install")
    life.run("remove", "caching", "--no-install")
    life.run("undo")
    life.run("undo")
    life.run("update", "--no-install")

    for path, text in FOREIGN.items():
        now = (life.root / path).stat()
        assert life.read(path) == text
        assert (now.st_mtime_ns, now.st_mode, now.st_ino) == (
            before[path].st_mtime_ns,
            before[path].st_mode,
            before[path].st_ino,
        )
