"""``scaffold new`` without a terminal: what it makes, shows and refuses."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scaffold_cli import repository, secret
from scaffold_cli.answers import complete
from scaffold_cli.catalog import Catalog
from scaffold_cli.cli import scaffold
from scaffold_cli.render import render

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(scaffold, arguments)

    return invoke


def test_a_name_is_enough(run: Run, tmp_path: Path) -> None:
    result = run("new", "My Shop", "-y", "--no-git")

    assert result.exit_code == 0, result.output
    tree = render(complete({"project_name": "My Shop"}), Catalog())
    for path, file in tree.items():
        assert (tmp_path / "my-shop" / path).read_bytes() == file.content
    assert "python manage.py runserver -p 4321" in result.output


def test_the_secret_is_random_and_git_does_not_see_it(run: Run, tmp_path: Path) -> None:
    run("new", "one", "-y")
    run("new", "two", "-y")

    one, two = ((tmp_path / name / ".env").read_text() for name in ("one", "two"))
    keys = {line for text in (one, two) for line in text.splitlines() if "SECRET_KEY=" in line}
    assert len(keys) == 2
    assert all(len(key.partition("=")[2]) == 64 for key in keys)
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=tmp_path / "one", capture_output=True, text=True
    )
    assert ".env" not in tracked.stdout.splitlines()
    assert ".env.example" in tracked.stdout.splitlines()
    assert ".scaffold/state.toml" in tracked.stdout.splitlines()


@pytest.mark.parametrize(
    ("flags", "extensions"),
    [
        ([], ["debugtoolbar", "migrate", "sqlalchemy", "wtf"]),
        (["--preset", "minimal"], []),
        (["--preset", "api"], ["cors", "jwt", "limiter", "migrate", "rest", "sqlalchemy"]),
        (["--preset", "minimal", "--with", "mail", "--with", "redis"], ["mail", "redis"]),
        (["--without", "debugtoolbar"], ["migrate", "sqlalchemy", "wtf"]),
        (["--preset", "minimal", "--with", "Flask-Mail"], ["mail"]),
        (["--set", "extensions=redis"], ["redis"]),
    ],
    ids=lambda value: " ".join(value),
)
def test_presets_and_flags_compute_the_selection(
    run: Run, tmp_path: Path, flags: list[str], extensions: list[str]
) -> None:
    result = run("new", "shop", "-y", "--no-git", *flags)

    assert result.exit_code == 0, result.output
    state = (tmp_path / "shop/.scaffold/state.toml").read_text()
    recorded = state.partition("\nextensions = [")[2].partition("]")[0]
    assert [line.strip('", ') for line in recorded.split("\n") if line.strip()] == extensions


@pytest.mark.parametrize(
    "arguments",
    [
        ["My Shop"],
        ["My Shop", "--preset", "full", "--blueprint", "blog", "--blueprint", "a"],
        ["two of them", "--app", "frontend", "--app", "backend", "--blueprint", "blog"],
        ["Магазин", "--set", "project_slug=magazin", "--without", "wtf"],
        ["L'été & Co", "--set", "description=A shop; it's open", "--set", "deploy=heroku"],
        ["x y", "--set", "package=other", "--preset", "minimal", "--with", "login"],
        ["implied", "--preset", "full", "--without", "debugtoolbar"],
        ["less than a preset", "--set", "extensions=login mail migrate redis"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_the_command_it_prints_makes_the_same_project_again(
    run: Run, tmp_path: Path, arguments: list[str]
) -> None:
    import shlex

    first = run("new", *arguments, "-y", "--no-git", "-o", "first")
    assert first.exit_code == 0, first.output
    line = first.output.partition("The same again:\n")[2].strip()
    words = shlex.split(line)[1:]

    second = run(*words, "--no-git", "-o", "second")

    assert second.exit_code == 0, second.output
    one, two = (next((tmp_path / name).iterdir()) for name in ("first", "second"))
    state = ".scaffold/state.toml"
    assert one.name == two.name
    assert (one / state).read_bytes() == (two / state).read_bytes()


@pytest.mark.parametrize("flag", ["--dry-run", "--diff"])
def test_a_plan_that_is_shown_writes_nothing(run: Run, tmp_path: Path, flag: str) -> None:
    result = run("new", "shop", "-y", flag)

    assert result.exit_code == 0
    assert "app.py" in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_plan_as_json_names_every_file_and_its_owner(run: Run, tmp_path: Path) -> None:
    result = run("new", "shop", "-y", "--dry-run", "--json")

    plan = json.loads(result.output)
    assert plan["schema"] == "scaffold/plan/1"
    owners = {step["path"]: step["owner"] for step in plan["steps"]}
    assert owners["shop/app.py"] == "base"
    assert owners["migrations/env.py"] == "migrate"
    assert {step["status"] for step in plan["steps"]} == {"create"}
    assert list(tmp_path.iterdir()) == []


def test_a_diff_applied_by_git_is_the_project(run: Run, tmp_path: Path) -> None:
    diff = run("new", "shop", "-y", "--diff").output
    run("new", "shop", "-y", "--no-git")
    (tmp_path / "patched").mkdir()
    subprocess.run(["git", "apply", "-"], input=diff.encode(), cwd=tmp_path / "patched", check=True)

    for path in (p for p in (tmp_path / "patched").rglob("*") if p.is_file()):
        same = tmp_path / "shop" / path.relative_to(tmp_path / "patched")
        assert path.read_bytes() == same.read_bytes()


def test_what_was_made_can_be_read_as_json(run: Run) -> None:
    result = run("new", "shop", "-y", "--no-git", "--json")

    assert json.loads(result.output)["folder"] == "shop"


def test_answers_come_from_a_file_and_flags_win(run: Run, tmp_path: Path) -> None:
    (tmp_path / "team.toml").write_text(
        'extensions = ["redis"]\nblueprints = "blog"\ndeploy = "heroku"\nproject_name = "Theirs"\n'
    )

    result = run(
        "new", "Ours", "--answers", "team.toml", "--with", "mail", "--set", "deploy=uwsgi", "-y"
    )

    assert result.exit_code == 0, result.output
    state = (tmp_path / "ours/.scaffold/state.toml").read_text()
    assert 'project_name = "Ours"' in state
    assert 'deploy = "uwsgi"' in state
    assert '    "mail",\n    "redis",\n' in state
    assert '    "blog",\n' in state


def test_another_project_takes_a_teams_answers_and_not_the_first_ones_name(
    run: Run, tmp_path: Path
) -> None:
    run("new", "First Shop", "--preset", "api", "--set", "deploy=heroku", "-y", "--no-git")

    result = run("new", "Second Shop", "--answers", "first-shop/.scaffold/state.toml", "-y")

    assert result.exit_code == 0, result.output
    state = (tmp_path / "second-shop/.scaffold/state.toml").read_text()
    assert 'description = "Second Shop, a Flask application."' in state
    assert 'deploy = "heroku"' in state


def test_the_printed_command_names_the_catalogue_that_was_used(run: Run, tmp_path: Path) -> None:
    (tmp_path / "more catalogues").mkdir()

    result = run("new", "shop", "--catalog", "more catalogues", "-y", "--no-git")

    assert 'scaffold new shop --catalog "more catalogues" -y' in result.output


BAD = {
    "no name": [[], "name is missing"],
    "empty": [[""], "empty"],
    "a keyword": [["class"], "keyword"],
    "a standard module": [["json"], "json"],
    "a dependency": [["flask"], "flask"],
    "reserved on Windows": [["con"], "Windows"],
    "a path": [["../shop"], "path"],
    "an absolute path": [["/tmp/shop"], "path"],
    "a drive": [["C:\\shop"], "path"],
    "dots": [[".."], "path"],
    "300 characters": [["x" * 300], "300 characters"],
    "other letters": [["Магазин"], "project_slug=magazin"],
    "only signs": [["!!!"], "folder name"],
    "a control character": [["a\x07b"], "\\x07"],
    "an unknown extension": [["shop", "--with", "sqlalchmy"], "Did you mean sqlalchemy?"],
    "an unknown preset": [["shop", "--preset", "huge"], "minimal, web, api, full"],
    "an extension that is needed": [
        ["shop", "--without", "sqlalchemy"],
        "migrate needs sqlalchemy",
    ],
    "a bad blueprint": [["shop", "--blueprint", "My Blog"], "My Blog"],
    "a bad application": [["shop", "--app", "My App"], "My App"],
    "an application that is a blueprint": [["shop", "--app", "a", "--blueprint", "a"], "taken"],
    "a blueprint that is there": [["shop", "--blueprint", "public"], "taken"],
    "a setting that is none": [["shop", "--set", "colour=red"], "colour"],
    "a setting without value": [["shop", "--set", "deploy"], "KEY=VALUE"],
    "an option of nobody": [["shop", "--set", "wtf.colour=red"], "wtf.colour"],
    "answers that are missing": [["shop", "--answers", "none.toml"], "none.toml"],
    "a catalogue that is missing": [["shop", "--catalog", "none"], "none"],
}


@pytest.mark.parametrize("bad", BAD)
def test_bad_input_gets_one_clear_line_a_hint_and_leaves_nothing(
    run: Run, tmp_path: Path, bad: str
) -> None:
    arguments, part = BAD[bad]

    result = run("new", *arguments, "-y")

    assert result.exit_code == 2, result.output
    assert isinstance(result.exception, SystemExit)
    assert part in result.output
    lines = result.output.strip("\n").split("\n")
    assert len(lines) == 2
    assert lines[0].startswith("Error: ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["a file", "not empty"])
def test_a_target_that_is_taken_is_refused(run: Run, tmp_path: Path, kind: str) -> None:
    if kind == "a file":
        (tmp_path / "shop").write_text("mine")
    else:
        (tmp_path / "shop").mkdir()
        (tmp_path / "shop/mine").write_text("mine")
    before = sorted(tmp_path.rglob("*"))

    result = run("new", "shop", "-y")

    assert result.exit_code == 1
    assert sorted(tmp_path.rglob("*")) == before


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_rights_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o555)

    result = run("new", "shop", "-y", "-o", "locked")

    assert result.exit_code == 1
    assert "can't be written" in result.output


def test_a_folder_that_cannot_be_made_is_refused(run: Run) -> None:
    result = run("new", "shop", "-y", "-o", "/proc/nowhere")

    assert result.exit_code == 1
    assert result.output.startswith("Error: /proc/nowhere/shop can't be written")


def test_a_project_is_made_where_there_is_no_git(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))

    result = run("new", "shop", "-y")

    assert result.exit_code == 0
    assert "git is not installed" in result.output
    assert (tmp_path / "shop/manage.py").exists()


def test_a_git_that_does_not_know_who_commits_leaves_the_project_uncommitted(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (
        "GIT_AUTHOR_NAME",
        "GIT_AUTHOR_EMAIL",
        "GIT_COMMITTER_NAME",
        "GIT_COMMITTER_EMAIL",
        "EMAIL",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.useConfigOnly")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")

    result = run("new", "shop", "-y")

    assert result.exit_code == 0
    assert "git does not know your name" in result.output


def test_a_folder_inside_a_repository_gets_no_repository_of_its_own(
    run: Run, tmp_path: Path
) -> None:
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)

    result = run("new", "shop", "-y")

    assert "inside a repository" in result.output
    assert not (tmp_path / "shop/.git").exists()


def test_a_first_commit_leaves_nothing_uncommitted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Ann")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "ann@example.org")
    (tmp_path / "a").write_text("a")

    assert repository.commit_all(str(tmp_path), "First") == "first commit"

    status = subprocess.run(["git", "status", "--short"], cwd=tmp_path, capture_output=True)
    assert status.stdout == b""


def test_help_imports_no_command(tmp_path: Path) -> None:
    script = (
        "import sys; from scaffold_cli.cli import scaffold\n"
        "try: scaffold(['--help'])\n"
        "except SystemExit: pass\n"
        "print(sorted(m for m in sys.modules if m.startswith('scaffold_cli.cli.')))"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    assert result.stdout.splitlines()[-1] == "[]"


def test_the_common_path_imports_nothing_heavy(tmp_path: Path) -> None:
    script = (
        "import sys; from scaffold_cli.cli import scaffold\n"
        "try: scaffold(['new', 'shop', '-y', '--no-install', '--no-git'])\n"
        "except SystemExit: pass\n"
        "heavy = {'rich', 'questionary', 'jinja2', 'cookiecutter', 'slugify', 'tempfile',"
        " 'importlib.metadata', 'importlib.resources', 'subprocess', 'jsonschema', 'yaml'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path
    )

    assert result.stdout.splitlines()[-1] == "[]"


def test_the_example_environment_has_the_two_lines_that_a_developers_own_differs_in() -> None:
    tree = render(complete({"project_name": "shop"}), Catalog())
    example = tree[secret.EXAMPLE].content.decode().splitlines()
    own = secret.dotenv(tree).decode().splitlines()

    different = [(a, b.partition("=")[0]) for a, b in zip(example, own, strict=True) if a != b]
    assert different == [("FLASK_DEBUG=0", "FLASK_DEBUG"), ("SECRET_KEY=", "SECRET_KEY")]
