"""``python manage.py freeze``, beside the extensions that look at each request."""

import re
from pathlib import Path

import pytest
from projects import Done, Project, new_project

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("freeze")]

BESIDE = "assets babel basicauth cors htmx limiter login session talisman vite whitenoise"
LOADED = re.compile(r'(?:src|<link[^>]* href)="/([^"?]+)')


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that is frozen, and whatever may come between a page and who asks for it."""
    flags = [word for name in BESIDE.split() for word in ("--with", name)]
    folder = tmp_path_factory.mktemp("freeze")
    return new_project(folder, "--preset", "minimal", "--no-git", "--with", "freeze", *flags)


def freeze(project: Project, **environment: str) -> Done:
    """Freeze it as for a server; settings of the environment win over ``.env``."""
    return project.run("python", "manage.py", "freeze", **{"FLASK_DEBUG": "0", **environment})


def files(project: Project) -> set[str]:
    build = project.folder / "build"
    return {path.relative_to(build).as_posix() for path in build.rglob("*") if path.is_file()}


@pytest.mark.parametrize("base", ["https://www.example.com/", "http://www.example.com/shop/"])
def test_all_that_the_pages_load_is_frozen_wherever_the_site_will_be(
    project: Project, base: str
) -> None:
    done = freeze(project, FREEZER_BASE_URL=base)

    assert done.returncode == 0, done.stdout + done.stderr
    assert f"Frozen: {len(files(project))} files." in done.stdout
    within = base.split("/", 3)[3]
    for page in ("index.html", "404.html"):
        text = (project.folder / "build" / page).read_text("utf-8")
        loaded = {path.removeprefix(within) for path in LOADED.findall(text)}
        assert loaded
        assert loaded <= files(project)


def test_a_limit_of_requests_does_not_hold_for_freezing(project: Project) -> None:
    done = freeze(project, RATELIMIT_DEFAULT="1 per hour")

    assert done.returncode == 0, done.stdout + done.stderr


def test_a_site_behind_a_password_is_refused_in_two_lines(project: Project) -> None:
    done = freeze(project, BASIC_AUTH_WHOLE_SITE="1")

    assert done.returncode == 1
    assert done.stderr == (
        "Error: The whole site is behind a password, which files can't ask for.\n"
        "       Set BASIC_AUTH_WHOLE_SITE=0, and anybody may read what is frozen.\n"
    )


@pytest.mark.parametrize(
    ("endpoint", "told"),
    [
        ("versions.versions", "Unexpected status '401 UNAUTHORIZED' on URL /versions."),
        ("auth.account", "Unexpected status '302 FOUND' on URL /account."),
    ],
)
def test_a_page_behind_a_password_is_named(project: Project, endpoint: str, told: str) -> None:
    with project.edited(
        "my_shop/frozen_urls.py",
        '    yield "public.index", {}\n',
        f'    yield "public.index", {{}}\n    yield "{endpoint}", {{}}\n',
    ):
        done = freeze(project)

    assert done.returncode == 1
    assert done.stderr.splitlines()[0] == f"Error: {told}"
    assert "frozen_urls.py" in done.stderr.splitlines()[1]
    assert len(done.stderr.splitlines()) == 2


def test_a_style_is_frozen_as_it_is_and_not_as_it_was_collected(project: Project) -> None:
    project.must_run("python", "manage.py", "collect")
    style = Path(project.folder, "my_shop/static/style.css")
    style.write_text(style.read_text("utf-8") + "/* new */\n", "utf-8")

    freeze(project)

    assert (project.folder / "build/static/style.css").read_bytes() == style.read_bytes()
