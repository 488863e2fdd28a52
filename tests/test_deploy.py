"""``scaffold deploy heroku --check`` on the disk: what it reads of a folder and of git, and what it prints."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
from click.testing import Result
from life import Life
from projects import clean_environment

from scaffold_cli import state
from scaffold_cli.checkout import push_of
from scaffold_cli.heroku.push import Push

Git = Callable[..., None]


@pytest.fixture(autouse=True)
def alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take no configuration of this machine's git."""
    for name, value in clean_environment().items():
        if name.startswith("GIT_"):
            monkeypatch.setenv(name, value)
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)


@pytest.fixture
def git(life: Life) -> Git:
    """Run git in the project, which has a repository with a commit."""

    def run(*arguments: str, cwd: Path = life.root) -> None:
        subprocess.run(["git", *arguments], cwd=cwd, check=True, capture_output=True)

    run("init", "-q", "-b", "main")
    run("add", "-A")
    run("commit", "-q", "-m", "First")
    return run


def checked(life: Life, *flags: str) -> Result:
    return life.attempt("deploy", "heroku", "--check", *flags)


def problems(life: Life) -> list[str]:
    """Return what is not well, as short lines."""
    found = json.loads(checked(life, "--json").output)["findings"]
    return [f"{f['status']} {f['check']}: {f['message']}" for f in found if f["status"] != "ok"]


def pushed(life: Life) -> Push:
    return push_of(str(life.root), state.read(str(life.root)))


def test_a_new_project_with_a_commit_is_taken(life: Life, git: Git) -> None:
    done = checked(life)

    assert (done.exit_code, problems(life)) == (0, [])
    assert "    ok  Procfile: processes: web\n" in done.output


def test_the_document_is_as_described(life: Life, git: Git) -> None:
    document = json.loads(checked(life, "--json").output)

    assert document.keys() == {"schema", "target", "ready", "findings"}
    assert (document["schema"], document["target"]) == ("scaffold/deploy/1", "heroku")
    assert document["ready"] is True
    assert document["findings"][0].keys() == {"status", "check", "message", "mend"}


def test_what_is_refused_ends_in_1_and_says_how_to_mend_it(life: Life, git: Git) -> None:
    (life.root / "uv.lock").write_text("")

    done = checked(life)

    assert done.exit_code == 1
    assert "fail  package manager: several have their file here" in done.output
    assert "        -> git rm uv.lock\n" in done.output
    assert json.loads(checked(life, "--json").output)["ready"] is False


def test_nothing_is_deployed_without_check(life: Life) -> None:
    done = life.attempt("deploy", "heroku")

    assert done.exit_code == 2
    assert "git push heroku main" in done.output


def test_another_platform_is_refused(life: Life) -> None:
    assert life.attempt("deploy", "moon", "--check").exit_code == 2


def test_what_scaffold_did_not_make_is_refused(tmp_path: Path, life: Life) -> None:
    done = life.attempt("deploy", "heroku", str(tmp_path), "--check")

    assert done.exit_code == 1
    assert "no project of scaffold's" in done.output


def test_without_a_repository_the_folder_is_read(life: Life) -> None:
    assert problems(life) == ["fail git: there is no repository, and Heroku is pushed to by git"]
    assert pushed(life).paths >= {"Procfile", "shop/settings.py"}
    assert ".env" not in pushed(life).paths


def test_a_repository_without_a_commit_is_told(life: Life, git: Git) -> None:
    git("update-ref", "-d", "HEAD")

    assert problems(life) == ["fail git: nothing is committed yet"]


def test_what_is_changed_new_and_staged_is_not_committed(life: Life, git: Git) -> None:
    life.edit("Procfile", "web: gunicorn", "web: nice gunicorn")
    life.write("shop/new.py", "")
    life.write("shop/staged.py", "")
    git("add", "shop/staged.py")
    life.write("notes.txt", "")

    assert problems(life) == [
        "fail git: not committed: Procfile, shop/new.py, shop/staged.py",
        "warn git: not committed: notes.txt",
    ]


def test_what_is_ignored_counts_as_not_there(life: Life, git: Git) -> None:
    life.write(".gitignore", life.read(".gitignore") + "uv.lock\nrequirements.txt\n")
    life.write("uv.lock", "")
    git("rm", "-q", "--cached", "requirements.txt")
    git("commit", "-qam", "Ignored")

    assert problems(life) == [
        "fail git: ignored, and needed: requirements.txt",
        "fail package manager: there is no requirements.txt",
    ]


def test_what_is_deleted_counts_as_not_there(life: Life, git: Git) -> None:
    (life.root / "Procfile").unlink()

    lines = problems(life)

    assert "fail git: not committed: Procfile" in lines
    assert "fail Procfile: there is no Procfile" in lines


def test_a_project_below_the_root_of_its_repository_is_told(tmp_path: Path, life: Life) -> None:
    def run(*arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=tmp_path, check=True, capture_output=True)

    run("init", "-q", "-b", "main")
    run("add", "-A")
    run("commit", "-q", "-m", "All")

    assert problems(life) == [
        "fail git: the repository begins above: for Heroku the project is in shop"
    ]


def test_a_branch_that_heroku_does_not_build_is_told(life: Life, git: Git) -> None:
    git("switch", "-qc", "next/one")

    assert problems(life) == ["warn git: Heroku builds main, and this is next/one"]


def test_a_dotenv_that_was_committed_is_told_also_once_it_is_gone_from_the_folder(
    life: Life, git: Git
) -> None:
    git("add", "-f", ".env")
    git("commit", "-qm", "Oh")
    (life.root / ".env").unlink()

    assert "fail secrets: .env would be pushed" in problems(life)


def test_a_secret_of_dotenv_in_the_source_is_told_and_not_shown(life: Life, git: Git) -> None:
    [key] = [
        line.partition("=")[2]
        for line in life.read(".env").splitlines()
        if line.startswith("SECRET_KEY=")
    ]
    life.write("shop/keys.py", f'KEY = "{key}"\n')
    git("add", "-A")
    git("commit", "-qm", "Oh")

    assert problems(life) == ["fail secrets: shop/keys.py holds a secret of .env"]
    assert key not in checked(life).output


def test_names_of_any_letters_are_read(life: Life, git: Git) -> None:
    life.write("shop/тест é\n.py", "")

    assert "shop/тест é\n.py" in pushed(life).paths


def test_sizes_are_those_of_the_last_commit(life: Life, git: Git) -> None:
    life.write("film.mp4", "x" * 5000)
    git("add", "-A")
    git("commit", "-qm", "A film")
    life.write("film.mp4", "")

    repository = pushed(life).repository

    assert repository is not None
    assert repository.committed["film.mp4"] == 5000
    assert repository.changed == ("film.mp4",)


def test_nothing_is_changed_by_looking(life: Life, git: Git) -> None:
    before = {path: path.stat().st_mtime_ns for path in life.root.rglob("*") if path.is_file()}

    checked(life)

    after = {path: path.stat().st_mtime_ns for path in life.root.rglob("*") if path.is_file()}
    assert after == before


def test_our_schema_of_app_json_is_a_schema() -> None:
    from scaffold_cli.heroku.app_json import SCHEMA

    jsonschema.Draft202012Validator.check_schema(json.loads(Path(SCHEMA).read_text()))
