"""Two branches of a project, each changed by scaffold, merged by git."""

import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from life import told

from scaffold_cli.branches import without_doubles, without_markers
from scaffold_cli.cli import scaffold
from scaffold_cli.errors import ConflictError

WORDS = ("new", "Shop", "-y", "--preset", "minimal", "--no-git")
WHO = ("-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "init.defaultBranch=main")


def git(*words: str) -> int:
    return subprocess.run(["git", *WHO, *words], capture_output=True, check=False).returncode


def run(*words: str) -> Result:
    return CliRunner().invoke(scaffold, words)


def commit(message: str) -> None:
    assert git("add", "-A") == 0
    assert git("commit", "-m", message) == 0


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project with a repository, and go into it."""
    monkeypatch.chdir(tmp_path)
    assert run(*WORDS).exit_code == 0
    monkeypatch.chdir(tmp_path / "shop")
    git("init")
    commit("Begin")
    return tmp_path / "shop"


def on_a_branch(name: str, *words: str) -> None:
    """Run a command on a branch of its own, off the main one, and commit what comes of it."""
    assert git("switch", "-c", name, "main") == 0
    done = run(*words)
    assert done.exit_code == 0, done.output
    commit(" ".join(words))


def files(folder: Path) -> dict[str, bytes]:
    return {
        name: path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
        for name in [path.relative_to(folder).as_posix()]
        if not name.startswith((".git/", ".scaffold/history/")) and name != ".env"
    }


def merged(shop: Path) -> None:
    """Merge the branch `one` into the branch `two`."""
    git("merge", "one", "-m", "Merge")
    assert b"<<<<<<<" not in (shop / ".scaffold/state.toml").read_bytes()


@pytest.mark.parametrize(
    ("one", "two"),
    [
        (["caching"], ["mail"]),
        (["login"], ["redis", "sqlalchemy"]),
        (["admin"], ["rest", "celery"]),
    ],
)
def test_two_branches_that_add_extensions_come_to_both(
    shop: Path, tmp_path: Path, one: list[str], two: list[str]
) -> None:
    on_a_branch("one", "add", *one)
    on_a_branch("two", "add", *two)
    merged(shop)

    done = run("continue")

    assert done.exit_code == 0, done.output
    asked = [word for name in (*one, *two) for word in ("--with", name)]
    assert run(*WORDS, *asked, "-o", str(tmp_path / "at-once")).exit_code == 0
    assert files(shop) == files(tmp_path / "at-once" / "shop")


def test_what_the_owner_wrote_on_both_branches_stays(shop: Path) -> None:
    path = shop / "shop/settings.py"
    on_a_branch("one", "add", "caching")
    path.write_text(path.read_text().replace('"Shop"', '"The Shop"'))
    commit("A name")
    on_a_branch("two", "add", "mail")
    path.write_text(path.read_text().replace("\nenv = Env()", "\nMINE = 1\nenv = Env()"))
    commit("A setting")
    merged(shop)

    done = run("continue")

    assert done.exit_code == 0, done.output
    text = path.read_text()
    assert '"The Shop"' in text
    assert "MINE = 1" in text
    assert "CACHE_DEFAULT_TIMEOUT" in text
    assert "MAIL_SERVER" in text
    assert "<<<<<<<" not in text


def test_a_conflict_with_what_somebody_wrote_stays_as_git_left_it(shop: Path) -> None:
    path = shop / "shop/settings.py"
    for name, extension in (("one", "caching"), ("two", "mail")):
        on_a_branch(name, "add", extension)
        path.write_text(path.read_text().replace('SITE_NAME = "Shop"', f'SITE_NAME = "{name}"'))
        commit("A name")
    merged(shop)
    left = path.read_text()

    done = run("continue")

    assert done.exit_code == 3
    assert told(done.output)["shop/settings.py"] == "conflict"
    assert path.read_text() == left
    assert run("continue").exit_code == 3
    signs = ("<<<<<<<", "=======", ">>>>>>>")
    lines = left.splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(signs)))
    assert run("continue").exit_code == 0
    assert run("add", "login").exit_code == 0


def test_other_commands_say_what_to_do_first(shop: Path) -> None:
    on_a_branch("one", "add", "caching")
    on_a_branch("two", "add", "mail")
    merged(shop)

    done = run("add", "login")

    assert done.exit_code == 1
    assert "scaffold continue" in done.output


def test_without_a_merge_there_is_nothing_to_continue(shop: Path) -> None:
    assert run("continue").output == "Nothing to continue.\n"


def test_branches_that_answer_differently_are_told_so() -> None:
    text = '[answers]\ndeploy = "heroku"\ndeploy = "none"\n'

    with pytest.raises(ConflictError, match="deploy differently"):
        without_doubles(text)


def test_a_list_keeps_the_lines_of_both() -> None:
    text = '[answers]\nextensions = [\n    "a",\n    "b",\n    "a",\n]\n'

    assert without_doubles(text) == '[answers]\nextensions = [\n    "a",\n    "b",\n]\n'


def test_a_conflict_of_generated_lines_is_resolved_and_others_stay() -> None:
    generated = b"<<<<<<< HEAD\na\n=======\nb\n>>>>>>> one\n"
    personal = b"<<<<<<< HEAD\nmine\n=======\nb\n>>>>>>> one\n"

    assert without_markers(generated + personal, b"a\nb\n") == b"a\nb\n" + personal
