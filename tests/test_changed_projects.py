"""Projects that were changed by commands, in real environments: what is new is installed, and works."""

from pathlib import Path

import projects
import pytest
from projects import Project, scaffold

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small project with an environment, whose owner has written something."""
    folder = tmp_path_factory.mktemp("changed")
    made = projects.new_project(folder, "--preset", "minimal", "--set", "deploy=none", "--no-git")
    settings = made.folder / made.package / "settings.py"
    settings.write_text(settings.read_text().replace('"My Shop"', '"Our Shop"'))
    return made


@pytest.mark.xdist_group("changed")
def test_what_is_added_is_installed_migrated_and_tested(project: Project) -> None:
    changed(project, "add", "migrate")
    done = changed(project, "add", "login", "mail")

    assert "install" in done
    assert "db migrate" in done
    names = [path.name for path in (project.folder / "migrations/versions").glob("*.py")]
    assert any("first_tables" in name for name in names)
    assert any("add_login_mail" in name for name in names)
    sound(project)
    assert "Our Shop" in project.python(
        f"from {project.package}.app import app; print(app.test_client().get('/').text)"
    )


@pytest.mark.xdist_group("changed")
def test_what_is_left_after_removing_works(project: Project) -> None:
    changed(project, "add", "caching", "redis")
    changed(project, "remove", "redis", "mail")

    sound(project)
    assert not (project.folder / project.package / "mail.py").exists()


def changed(project: Project, *words: str) -> str:
    """Run a command that changes the project, and return what it prints."""
    done = scaffold(*words, "-y", cwd=Path(project.folder))
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def sound(project: Project) -> None:
    """See the project pass what it is to pass, as its README says."""
    project.must_run("pytest", "-q")
    project.must_run("ruff", "check")
    project.must_run("ruff", "format", "--check")
    project.must_run("mypy")
