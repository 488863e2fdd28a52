"""The built wheel and source distribution, installed away from the checkout by pip, which byte-compiles all it installs."""

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import NamedTuple

import projects
import pytest
from projects import SITE, Done

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("wheel")]

REPOSITORY = Path(__file__).parents[1]
SECRET = ".env"  # random, so never the same
FLAGS = (*SITE, "--blueprint", "blog", "--no-git")


class Built(NamedTuple):
    """What was built."""

    wheel: Path
    sdist: Path


class Installed(NamedTuple):
    """An environment into which the wheel was installed, in a folder with nothing else."""

    folder: Path

    @property
    def package(self) -> Path:
        """Where pip put the package."""
        [path] = self.folder.glob("venv/lib/python3.*/site-packages/scaffold_cli")
        return path

    def run(self, program: str, *arguments: str, cwd: Path | None = None) -> Done:
        """Run a program of the environment, with nothing of the checkout in reach."""
        program = str(self.folder / "venv/bin" / program)
        done = projects.run(program, *arguments, cwd=cwd or self.folder)
        assert done.returncode == 0, done.stdout + done.stderr
        return done


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the wheel from the checkout, and the source distribution too."""
    folder = tmp_path_factory.mktemp("dist")
    build(REPOSITORY, "--wheel", "--sdist", "--outdir", folder)
    [wheel], [sdist] = folder.glob("*.whl"), folder.glob("*.tar.gz")
    return Built(wheel, sdist)


def build(source: Path, *options: str | Path) -> None:
    """Build a source tree; with both options the wheel is built from the tree, not from the sdist."""
    command = (sys.executable, "-m", "build", "--installer", "uv", *options)
    done = projects.run(*command, source, cwd=source)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def installed(built: Built, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """Install the wheel, and cookiecutter, by pip into an environment of its own."""
    here = Installed(tmp_path_factory.mktemp("installed"))
    projects.run(sys.executable, "-m", "venv", "venv", cwd=here.folder)
    pip = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    here.run("python", *pip, str(built.wheel), "cookiecutter>=2.7")
    return here


@pytest.fixture(scope="session")
def from_checkout(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The project that the checkout's engine makes."""
    folder = tmp_path_factory.mktemp("checkout")
    done = projects.scaffold("new", "L'Été & Co", "-y", *FLAGS, cwd=folder)
    assert done.returncode == 0, done.stderr
    return without_secret(folder / "l-ete-co")


def without_secret(folder: Path) -> dict[str, bytes]:
    files = projects.files_in(folder)
    assert files.pop(SECRET)
    return files


def contents(wheel: Path) -> dict[str, bytes]:
    """Read a wheel: path to content."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def test_the_wheel_carries_every_file_that_git_knows(built: Built) -> None:
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, text=True, check=True
        ).stdout.split("\0")
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs the repository")
    template = ("cookiecutter.json", "hooks/", "{{cookiecutter.project_slug}}/")
    expected = {path for path in listed if path.startswith("scaffold_cli/")}
    expected |= {f"scaffold_cli/template/{path}" for path in listed if path.startswith(template)}

    wheel = contents(built.wheel)

    assert expected - wheel.keys() == set()
    beside = {path for path in wheel.keys() - expected if ".dist-info/" not in path}
    untracked = {path for path in beside if not (REPOSITORY / source_of(path)).exists()}
    assert untracked == set()
    for path in expected:
        assert wheel[path] == (REPOSITORY / source_of(path)).read_bytes(), path


def source_of(path: str) -> str:
    """Return where in the repository a file of the wheel is from."""
    return path.removeprefix("scaffold_cli/template/")


def test_the_wheel_carries_nothing_compiled_and_no_tests(built: Built) -> None:
    strange = [
        path
        for path in contents(built.wheel)
        if "__pycache__" in path or path.endswith(".pyc") or path.startswith(("tests/", "docs/"))
    ]

    assert strange == []


def test_the_source_distribution_builds_the_same_wheel(built: Built, tmp_path: Path) -> None:
    with tarfile.open(built.sdist) as archive:
        archive.extractall(tmp_path / "source", filter="data")
    [source] = (tmp_path / "source").iterdir()

    build(source, "--wheel", "--outdir", tmp_path / "dist")

    [wheel] = (tmp_path / "dist").glob("*.whl")
    assert contents(wheel) == contents(built.wheel)


def test_pip_compiles_inside_the_shipped_template(installed: Installed) -> None:
    """The trap that the next tests are about is really set."""
    template = installed.package / "template/{{cookiecutter.project_slug}}"

    assert list(template.rglob("__pycache__/*.pyc"))


def test_the_command_says_its_version(installed: Installed) -> None:
    from scaffold_cli import __version__

    assert installed.run("scaffold", "--version").stdout == f"scaffold, version {__version__}\n"


def test_it_lists_the_catalogue(installed: Installed, tmp_path: Path) -> None:
    listed = installed.run("scaffold", "list", "--json").stdout

    assert listed == projects.scaffold("list", "--json", cwd=tmp_path).stdout
    assert '"sqlalchemy"' in listed


def test_it_makes_the_very_project_that_the_checkout_makes(
    installed: Installed, from_checkout: dict[str, bytes], tmp_path: Path
) -> None:
    installed.run("scaffold", "new", "L'Été & Co", "-y", *FLAGS, cwd=tmp_path)

    made = without_secret(tmp_path / "l-ete-co")
    assert made == from_checkout
    assert ".scaffold/state.toml" in made
    assert not [path for path in made if "__pycache__" in path or path.endswith(".pyc")]
    for name in (".gitignore", ".gitattributes", ".slugignore", ".python-version", ".env.example"):
        assert name in made


def test_its_project_installs_and_serves(installed: Installed, tmp_path: Path) -> None:
    installed.run("scaffold", "new", "Shop", "-y", "--install", cwd=tmp_path)

    project = projects.Project(tmp_path / "shop", "shop")
    port = projects.free_port()
    with project.serve("python", "manage.py", "runserver", "-p", str(port), port=port) as server:
        assert server.get("/").status == 200


def test_plain_cookiecutter_on_the_shipped_template_makes_the_same(
    installed: Installed, from_checkout: dict[str, bytes], tmp_path: Path
) -> None:
    answers = (
        "project_name=L'Été & Co",
        "extensions=debugtoolbar login mail migrate redis sqlalchemy wtf",
        "blueprints=blog",
    )
    template = str(installed.package / "template")

    installed.run("cookiecutter", "--no-input", template, *answers, cwd=tmp_path)

    assert without_secret(tmp_path / "l-ete-co") == from_checkout
