"""Projects on real servers, each started for the tests on a free port: PostgreSQL, MariaDB, MongoDB, CouchDB."""

import json
from collections.abc import Iterator
from pathlib import Path

import projects
import pytest
from database_servers import SERVERS, Server, found, must, server_folder
from projects import Project, free_port, started, wait_until

__all__ = ["server_folder"]  # a fixture

HERE = Path(__file__).resolve().parent.parent

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("servers-data")]


@pytest.fixture(scope="module", params=SERVERS)
def kind(request: pytest.FixtureRequest) -> str:
    """The extension whose server it is."""
    return str(request.param)


@pytest.fixture(scope="module")
def server(kind: str, server_folder: Path) -> Iterator[Server]:
    """The server, running."""
    with SERVERS[kind](server_folder) as running:
        yield running


@pytest.fixture(scope="module")
def with_sqlalchemy(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project of SQLAlchemy's models, migrations and accounts."""
    folder = tmp_path_factory.mktemp(f"{kind}-sqlalchemy")
    return projects.new_project(
        folder, "--preset", "minimal", "--with", "login", "--with", "migrate", "--with", kind
    )


def test_the_projects_own_tests_pass_on_the_server(
    with_sqlalchemy: Project, server: Server
) -> None:
    with_sqlalchemy.must_run("pytest", "-q", TEST_DATABASE_URL=server.test_url)
    # Twice, as the first run must leave nothing behind.
    with_sqlalchemy.must_run("pytest", "-q", TEST_DATABASE_URL=server.test_url)


def test_migrations_go_up_and_down_on_the_server(with_sqlalchemy: Project, server: Server) -> None:
    def manage(*words: str) -> str:
        return with_sqlalchemy.must_run("python", "manage.py", *words, DATABASE_URL=server.url)

    def tables() -> str:
        code = (
            "from my_shop import create_app; from my_shop.extensions import db; from sqlalchemy import inspect\n"
            "with create_app().app_context(): print(*sorted(inspect(db.engine).get_table_names()))"
        )
        return with_sqlalchemy.python(code, DATABASE_URL=server.url, FLASK_DEBUG="1").strip()

    manage("wait-for-database")
    manage("release")
    assert tables() == "alembic_version pages users"
    manage("db", "check")
    assert "Added: /pages/1" in manage("add-page", "Grüße", "--text", "🐍")
    manage("db", "downgrade", "base")
    assert tables() == "alembic_version"
    manage("db", "upgrade")
    assert tables() == "alembic_version pages users"


def test_pages_are_served_from_the_server(with_sqlalchemy: Project, server: Server) -> None:
    environment = {"DATABASE_URL": server.url, "FLASK_DEBUG": "1"}
    with_sqlalchemy.must_run("python", "manage.py", "release", **environment)
    with_sqlalchemy.must_run("python", "manage.py", "add-page", "Grüße 🐍", **environment)
    port = free_port()
    command = ("python", "manage.py", "runserver", "-p", str(port), "--no-reload")
    with with_sqlalchemy.serve(*command, port=port, **environment) as browser:
        assert "Grüße 🐍" in browser.get("/pages/").text


def test_a_project_is_ready_while_its_server_answers(
    with_sqlalchemy: Project, server: Server
) -> None:
    away = f"{server.url.partition('@')[0]}@127.0.0.1:{free_port()}/shop"
    for url, status, answer in (
        (server.url, 200, {"status": "ready"}),
        (away, 503, {"status": "not ready", "failed": ["database"]}),
    ):
        port = free_port()
        environment = {"DATABASE_URL": url, "FLASK_DEBUG": "0", "PORT": str(port)}
        with with_sqlalchemy.serve("gunicorn", "my_shop.app:app", port=port, **environment) as site:
            ready = site.get("/readyz")
            assert (ready.status, json.loads(ready.text)) == (status, answer)
            assert site.get("/healthz").status == 200


SLEEP = {"postgres": "SELECT pg_sleep(2)", "mysql": "SELECT SLEEP(2) FROM DUAL"}


def test_a_statement_is_stopped_in_time_and_a_migration_is_not(
    with_sqlalchemy: Project, server: Server, kind: str
) -> None:
    environment = {"DATABASE_URL": server.url, "DATABASE_STATEMENT_TIMEOUT": "1"}
    code = (
        "from my_shop import create_app; from my_shop.extensions import db; from sqlalchemy import text, exc\n"
        "with create_app().app_context():\n"
        f"    try: db.session.execute(text({SLEEP[kind]!r}))\n"
        "    except exc.DBAPIError as error: print('stopped', db.engine.pool.size(), db.engine.pool._max_overflow)"
    )
    assert with_sqlalchemy.python(code, **environment).split() == ["stopped", "8", "0"]

    def manage(*words: str) -> None:
        with_sqlalchemy.must_run("python", "manage.py", *words, **environment)

    manage("db", "upgrade")
    manage("db", "revision", "-m", "slow")
    (slow,) = with_sqlalchemy.folder.glob("migrations/versions/*slow.py")
    try:
        slow.write_text(slow.read_text().replace("pass", f"op.execute({SLEEP[kind]!r})", 1))
        manage("db", "upgrade")
        manage("db", "downgrade")
    finally:
        slow.unlink()


def test_more_connections_than_the_server_takes_are_found_before_a_deployment(
    with_sqlalchemy: Project, server: Server
) -> None:
    with_sqlalchemy.must_run("python", "manage.py", "release", DATABASE_URL=server.url)
    environment = {"DATABASE_URL": server.url, "FLASK_DEBUG": "0"}
    command = ("python", "manage.py", "check", "--deploy")
    assert with_sqlalchemy.run(*command, WEB_CONCURRENCY="2", **environment).returncode == 0
    done = with_sqlalchemy.run(*command, WEB_CONCURRENCY="900", **environment)
    assert done.returncode == 1
    assert "900 processes want 8 connections each" in done.stdout


@pytest.fixture(scope="module")
def with_peewee(kind: str, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project of Peewee's models."""
    folder = tmp_path_factory.mktemp(f"{kind}-peewee")
    return projects.new_project(folder, "--preset", "minimal", "--with", "peewee", "--with", kind)


def test_peewees_own_tests_pass_on_the_server(with_peewee: Project, server: Server) -> None:
    for _ in range(2):
        with_peewee.must_run("pytest", "-q", TEST_DATABASE_URL=server.test_url)


def test_peewee_makes_its_tables_and_serves_pages_from_the_server(
    with_peewee: Project, server: Server
) -> None:
    environment = {"DATABASE_URL": f"{server.peewee_url}?connect_timeout=5", "FLASK_DEBUG": "1"}
    for _ in range(2):
        with_peewee.must_run("python", "manage.py", "release", **environment)
    with_peewee.must_run("python", "manage.py", "add-page", "Grüße 🐍", **environment)
    port = free_port()
    command = ("python", "manage.py", "runserver", "-p", str(port), "--no-reload")
    with with_peewee.serve(*command, port=port, **environment) as browser:
        assert "Grüße 🐍" in browser.get("/pages/").text


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project that keeps documents in MongoDB, in both ways."""
    folder = tmp_path_factory.mktemp("documents")
    return projects.new_project(
        folder, "--preset", "minimal", "--with", "pymongo", "--with", "mongoengine"
    )


@pytest.fixture(scope="module")
def mongo_uri(documents: Project, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that speaks MongoDB's protocol, in an environment of its own."""
    folder = tmp_path_factory.mktemp("nx-27017")
    must(projects.uv(), "venv", "-q", "venv", cwd=folder)
    python = folder / "venv/bin/python"
    must(projects.uv(), "pip", "install", "-q", "--python", python, "nx-27017", cwd=folder)
    port = free_port()
    command = (folder / "venv/bin/nx-27017", "--data-dir", folder / "data", "--port", str(port))
    environment = projects.clean_environment()
    with started(*command, cwd=folder, log=folder / "log", environment=environment):
        wait_until(lambda: projects.is_listening(port), "nx-27017")
        yield f"mongodb://127.0.0.1:{port}/shop"


def test_documents_are_kept_on_a_mongodb_server(documents: Project, mongo_uri: str) -> None:
    environment = {"MONGO_URI": mongo_uri, "FLASK_DEBUG": "1"}

    def manage(*words: str) -> str:
        return documents.must_run("python", "manage.py", *words, **environment)

    manage("add-link", "flask", "https://flask.palletsprojects.com")
    manage("add-article", "first", "Grüße 🐍", "--tags", "shop people")
    manage("add-article", "second", "Second", "--tags", "shop")
    for _ in range(2):  # what is kept outlives the process
        port = free_port()
        command = ("python", "manage.py", "runserver", "-p", str(port), "--no-reload")
        with documents.serve(*command, port=port, **environment) as browser:
            followed = browser.get("/links/flask")
            assert (followed.status, followed.location) == (
                302,
                "https://flask.palletsprojects.com",
            )
            assert "Grüße 🐍" in browser.get("/news/first").text
            assert "/news/second" not in browser.get("/news/?tag=people").text
    count = (
        "from my_shop import create_app; from my_shop.extensions import mongo\n"
        "with create_app().app_context():\n"
        "    print(mongo['links'].find_one({'_id': 'flask'})['clicks'], len(mongo['articles'].index_information()))"
    )
    assert documents.python(count, **environment).strip() == "2 3"


def test_a_mongodb_server_out_of_reach_is_an_error_within_the_timeout(documents: Project) -> None:
    uri = f"mongodb://127.0.0.1:{free_port()}/shop"
    done = documents.run(
        "python", "manage.py", "add-link", "a", "b", MONGO_URI=uri, MONGO_TIMEOUT="1"
    )
    assert done.returncode != 0
    assert "ServerSelectionTimeoutError" in done.stderr


@pytest.fixture(scope="module")
def couchdb_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that speaks CouchDB's HTTP; `npm install` of .ci/run puts it there."""
    program = found("pouchdb-server", str(HERE / "node_modules/.bin"))
    folder, port = tmp_path_factory.mktemp("pouchdb"), free_port()
    command = (program, "--dir", folder, "--port", str(port), "--host", "127.0.0.1", "-n")
    environment = projects.clean_environment()
    with started(*command, cwd=folder, log=folder / "log", environment=environment):
        wait_until(lambda: projects.is_listening(port), "pouchdb-server")
        yield f"http://127.0.0.1:{port}/shop"


def test_notes_are_kept_on_a_couchdb_server(
    couchdb_url: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("couchdb")
    project = projects.new_project(folder, "--preset", "minimal", "--with", "couchdb")
    environment = {"COUCHDB_URL": couchdb_url, "FLASK_DEBUG": "1"}

    def manage(*words: str) -> str:
        return project.must_run("python", "manage.py", *words, **environment)

    assert "revision 1-" in manage("write-note", "hours/today", "9 to 5")
    assert "revision 2-" in manage("write-note", "hours/today", "Grüße 🐍")
    manage("write-note", "zebra", "Black and white")
    port = free_port()
    command = ("python", "manage.py", "runserver", "-p", str(port), "--no-reload")
    with project.serve(*command, port=port, **environment) as browser:
        assert "Black and white" in browser.get("/notes/zebra").text
        assert '<a href="/notes/hours/today">' in browser.get("/notes/").text
        assert "Grüße 🐍" in browser.get("/notes/hours/today").text
    code = (
        "from my_shop.couch import ServerDatabase, ConflictError; import os\n"
        "database = ServerDatabase(os.environ['COUCHDB_URL'], 'app', 5)\n"
        "first = database.get('note:hours/today')\n"
        "second = database.save({**first, 'text': 'Closed'})\n"
        "for change in database.save, database.delete:\n"
        "    try: change(first)\n"
        "    except ConflictError: print('conflict')\n"
        "database.delete(second)\n"
        "print(*(document['_id'] for document in database.all('note:')))\n"
        "print(database.get('note:hours/today'), database.all('none:'))\n"
    )
    assert project.python(code, **environment).splitlines() == [
        *("conflict", "conflict"),
        "note:zebra",
        "None []",
    ]
