"""Plain cookiecutter and ``scaffold new`` make the same project, byte for byte."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from scaffold_cli import hook, secret, state
from scaffold_cli.answers import complete, presets
from scaffold_cli.catalog import Catalog
from scaffold_cli.render import render

REPOSITORY = Path(__file__).parents[1]
Project = Mapping[str, tuple[bytes, int]]

SPREAD: dict[str, dict[str, str]] = {
    "defaults": {},
    "login and mail": {"extensions": "login mail"},
    "nothing": {"extensions": "", "deploy": "uwsgi"},
    "everything": {
        "project_name": "L'Été & Co",
        "extensions": presets()["full"] and " ".join(reversed(presets()["full"])),
        "blueprints": "orders blog",
        "apps": "frontend backend",
        "description": "It's 100% ours",
        "deploy": "heroku",
        "python_version": "3.12",
    },
    "other letters": {"project_name": "Магазин", "project_slug": "magazin", "extensions": "redis"},
}


def cookiecutter(
    output: Path, answers: Mapping[str, str], *options: str, typed: str | None = "", **run: object
) -> subprocess.CompletedProcess[str]:
    """Run plain cookiecutter on the repository with a home of its own."""
    given = [f"{key}={value}" for key, value in answers.items()]
    command = [sys.executable, "-m", "cookiecutter", *options, "-o", str(output)]
    home = {**os.environ, "HOME": str(output.parent / "home"), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [*command, str(REPOSITORY), *given],
        env=home,
        input=typed,
        capture_output=True,
        text=True,
        **{"cwd": output.parent, **run},  # type: ignore[call-overload]
    )


def project_in(folder: Path) -> Project:
    """Read a project: path to content and mode, the random secret aside."""
    return {
        path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mode & 0o777)
        for path in folder.rglob("*")
        if path.is_file() and path.name != secret.FILE
    }


def scaffold_new(output: Path, answers: Mapping[str, str]) -> Project:
    settings = [word for key, value in answers.items() for word in ("--set", f"{key}={value}")]
    name = answers.get("project_name", "My App")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "scaffold_cli",
            "new",
            name,
            "-y",
            "--no-git",
            "-o",
            str(output),
            *settings,
        ],
        check=True,
        capture_output=True,
        cwd=REPOSITORY,
    )
    return project_in(next(output.iterdir()))


@pytest.mark.parametrize("case", SPREAD)
def test_cookiecutter_makes_what_scaffold_makes(tmp_path: Path, case: str) -> None:
    done = cookiecutter(tmp_path / "theirs", SPREAD[case], "--no-input")

    assert done.returncode == 0, done.stderr
    assert project_in(next((tmp_path / "theirs").iterdir())) == scaffold_new(
        tmp_path / "ours", SPREAD[case]
    )


def test_questions_answered_with_enter_give_the_same_as_no_questions(tmp_path: Path) -> None:
    done = cookiecutter(tmp_path / "theirs", {}, typed="\n" * 20)

    assert done.returncode == 0, done.stderr
    assert "What is the application called" in done.stdout
    assert project_in(tmp_path / "theirs/my-app") == scaffold_new(tmp_path / "ours", {})


def test_a_relative_path_to_the_repository_works(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "cookiecutter", "--no-input", "-o", str(tmp_path / "out"), "."]
    home = {**os.environ, "HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}

    done = subprocess.run(command, cwd=REPOSITORY, env=home, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out/my-app/.scaffold/state.toml").exists()


def test_an_own_secret_is_written_too(tmp_path: Path) -> None:
    cookiecutter(tmp_path / "out", {}, "--no-input")

    text = (tmp_path / "out/my-app/.env").read_text()
    assert "FLASK_DEBUG=1" in text
    assert "SECRET_KEY=\n" not in text


@pytest.mark.parametrize(
    ("answers", "part"),
    [
        ({"project_name": "json"}, "json"),
        ({"extensions": "sqlalchmy"}, "Did you mean sqlalchemy?"),
        ({"project_slug": "My Shop"}, "project_slug=my-shop"),
        ({"blueprints": "class"}, "keyword"),
        ({"apps": "class"}, "keyword"),
    ],
    ids=str,
)
def test_bad_answers_are_refused_in_the_same_words_and_leave_nothing(
    tmp_path: Path, answers: dict[str, str], part: str
) -> None:
    done = cookiecutter(tmp_path / "out", answers, "--no-input")

    assert done.returncode != 0
    assert part in done.stderr + done.stdout
    assert "Traceback" not in done.stderr
    assert not list((tmp_path / "out").iterdir())


def test_an_environment_file_that_is_there_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".env").write_text("SECRET_KEY=mine\n")

    hook.lay({"project_name": "My Shop", "extensions": "", "_template": "x"})

    assert (tmp_path / ".env").read_text() == "SECRET_KEY=mine\n"
    tree = render(complete({"project_name": "My Shop", "extensions": ""}), Catalog())
    written = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    mirror = {f"{state.BASE}/{path}" for path in tree}
    assert written == {*tree, ".env", state.STATE, state.IGNORE, *mirror}
