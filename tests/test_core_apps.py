"""A project with several applications from one factory, for real: ``--app backend --app frontend``."""

import re

import pytest
from projects import PACKAGE, Project, free_port, new_project

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("apps")]

FLAGS = ("--with", "login", "--app", "backend", "--app", "frontend", "--blueprint", "orders")
PLACES = ("/", "/orders/", "/backend/", "/frontend/")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return new_project(tmp_path_factory.mktemp("apps"), *FLAGS, "--no-git")


@pytest.mark.parametrize(
    "command",
    [("pytest", "-q"), ("python", "-m", "unittest", "discover", "-f", "-s", f"{PACKAGE}/")],
    ids=["pytest", "unittest"],
)
def test_its_own_tests_pass(project: Project, command: tuple[str, ...]) -> None:
    project.must_run(*command)


def test_it_is_clean(project: Project) -> None:
    for command in (("ruff", "check"), ("ruff", "format", "--check"), ("mypy",)):
        project.must_run(*command)


def test_the_procfile_serves_all_of_them(project: Project) -> None:
    """As ``honcho start web`` does, and Heroku."""
    [web] = re.findall(r"^web: (.*)$", (project.folder / "Procfile").read_text(), re.MULTILINE)
    assert f"{PACKAGE}.app:app" in web
    port = free_port()
    with project.serve(*web.split(), port=port, PORT=str(port)) as server:
        pages = {path: server.get(path) for path in PLACES}
        assert {path: page.status for path, page in pages.items()} == dict.fromkeys(PLACES, 200)
        titles = [re.findall(r"<h1>(.*?)</h1>", pages[path].text)[0] for path in PLACES[2:]]
        assert titles == ["My Shop: Backend", "My Shop: Frontend"]
        assert 'href="/backend/static/' in pages["/backend/"].text
        assert server.get("/backend/orders/").status == 404
        assert server.get("/backend/login").status == 200


def test_one_is_served_alone(project: Project) -> None:
    port = free_port()
    factory = f"{PACKAGE}:create_app('.backend.settings')"
    command = ("flask", "--app", factory, "run", "-p", str(port))
    with project.serve(*command, port=port) as server:
        assert "My Shop: Backend" in server.get("/").text
        assert server.get("/frontend/").status == 404


SESSION = f"""
from {PACKAGE} import create_app
from {PACKAGE}.tests.base import TEST_SETTINGS

client = create_app(TEST_SETTINGS).test_client()
with client.session_transaction() as session:
    session["_flashes"] = [("message", "Said by the first one")]
print("Said by the first one" in client.get("/backend/").text)
"""


def test_they_share_the_session(project: Project) -> None:
    assert project.python(SESSION).split() == ["True"]


FIXTURES = """
from flask import url_for
from my_shop.manage import manager


def test_app(app):
    assert app.testing
    assert url_for("public.index") == "/"


def test_client(app, client):
    assert client.application is app
    assert client.get("/healthz").json == {"status": "ok"}


def test_runner(runner):
    assert "public.index" in runner.invoke(manager, ["urls"]).output


def test_what_every_test_needs_is_there(app):
    from my_shop.extensions import db
    from my_shop.models import User

    assert db.session.query(User).all() == []
"""


def test_pytest_has_fixtures(project: Project) -> None:
    file = project.folder / PACKAGE / "tests/test_fixtures.py"
    file.write_text(FIXTURES)
    try:
        output = project.must_run("pytest", "-q", file, "-p", "no:cacheprovider")
    finally:
        file.unlink()
    assert "4 passed" in output
