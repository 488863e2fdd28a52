"""The presets and a site, each made, installed in an environment of its own, tested, linted, typed and served."""

import os
import re
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from http.client import HTTPException
from pathlib import Path

import projects
import pytest
from projects import SITE, Browser, Project, Server, free_port, wait_until

pytestmark = pytest.mark.real

KINDS = ("minimal", "web", "api", "site")  # looked at closely; "full" is looked at as a whole
WITH_MODELS = ("web", "api", "site")
WITH_FORMS = ("web", "site")
EMAIL, PASSWORD = "ada@example.com", "correct horse battery"

Make = Callable[[str], Project]


def on(*presets: str) -> pytest.MarkDecorator:
    """Run a test on projects of these presets; those of one preset run in one process."""
    params = [pytest.param(preset, marks=pytest.mark.xdist_group(preset)) for preset in presets]
    return pytest.mark.parametrize("project", params, indirect=True, scope="session")


@pytest.fixture(scope="session")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Make the project of a preset, once."""
    made: dict[str, Project] = {}

    def of(preset: str) -> Project:
        if preset not in made:
            folder = tmp_path_factory.mktemp(preset)
            flags = SITE if preset == "site" else ("--preset", preset)
            made[preset] = projects.new_project(folder, *flags)
        return made[preset]

    return of


@pytest.fixture(scope="session")
def project(request: pytest.FixtureRequest, make: Make) -> Project:
    """A project of the preset that the test runs on."""
    return make(request.param)


@pytest.fixture(scope="session")
def site(project: Project) -> Iterator[Server]:
    """The project served by gunicorn with debug off, by one worker, as the fake Redis is one process's."""
    port = free_port()
    command = ("gunicorn", f"{project.package}.app:app", "-b", f"127.0.0.1:{port}", "-w", "1")
    with project.serve(*command, port=port, FLASK_DEBUG="0") as server:
        yield server


@pytest.fixture
def visitor(site: Server) -> Browser:
    """Somebody new at the site."""
    return Browser(site.address)


@pytest.fixture(scope="session")
def uwsgi(project: Project) -> str:
    """The command ``uwsgi``, added to the project's environment: on a server it is the system's."""
    project.install("pyuwsgi>=2.0.30")
    return "uwsgi"


# Made


@on(*KINDS, "full")
def test_the_first_commit_holds_everything_and_leaves_nothing_over(project: Project) -> None:
    assert project.must_run("git", "status", "--porcelain") == ""
    assert project.must_run("git", "rev-list", "--count", "HEAD").strip() == "1"
    tracked = project.must_run("git", "ls-files").splitlines()
    assert {"manage.py", ".scaffold/state.toml", ".env.example", ".gitignore"} <= {*tracked}
    assert not [
        path for path in tracked if path == ".env" or path.startswith((".venv", "instance"))
    ]


@on(*KINDS, "full")
def test_pytest_and_unittest_run_the_same_tests_and_all_pass(project: Project) -> None:
    by_pytest = project.must_run("pytest")
    by_unittest = project.run(
        "python", "-m", "unittest", "discover", "-fv", "-s", f"{project.package}/"
    )

    assert by_unittest.returncode == 0, by_unittest.stderr
    passed = re.search(r"(\d+) passed", by_pytest)
    ran = re.search(r"^Ran (\d+) tests", by_unittest.stderr, re.MULTILINE)
    assert passed and ran
    assert int(passed[1]) == int(ran[1]) > 0
    assert not re.search("skipped|xfailed|warning", by_pytest)


@on(*KINDS, "full")
@pytest.mark.parametrize(
    "command", [("ruff", "check"), ("ruff", "format", "--check"), ("mypy",)], ids=" ".join
)
def test_it_is_clean_under_its_own(project: Project, command: tuple[str, ...]) -> None:
    project.must_run(*command)


@on("site")
def test_its_requirements_install_by_pip_with_every_hash_checked(
    project: Project, tmp_path: Path
) -> None:
    environment = projects.clean_environment()
    projects.run(sys.executable, "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    python = tmp_path / "venv/bin/python"
    pip = (python, "-m", "pip", "--disable-pip-version-check")
    requirements = project.folder / "requirements.txt"

    done = projects.run(
        *pip,
        "install",
        "--require-hashes",
        "-r",
        requirements,
        cwd=tmp_path,
        environment=environment,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert projects.run(*pip, "check", cwd=tmp_path).returncode == 0
    urls = projects.run(python, "manage.py", "urls", cwd=project.folder)
    assert "public.index" in urls.stdout, urls.stderr


# Served


@on(*KINDS)
def test_runserver_serves_with_debugger_and_reloader(project: Project) -> None:
    port = free_port()
    with project.serve("python", "manage.py", "runserver", "-p", str(port), port=port) as server:
        page = server.get("/")
        assert page.status == 200
        assert "My Shop is running." in page.text
        style = server.get("/?__debugger__=yes&cmd=resource&f=style.css")
        assert style.headers["Content-Type"].startswith("text/css")

        os.utime(project.folder / project.package / "views.py")
        server.wait_for("Detected change")
        server.wait_for("Debugger is active!", times=2)
        wait_until(server.is_up, "an answer after the reload")

        assert server.interrupt() == 0
        assert server.is_gone()


@on("minimal")
def test_runserver_outlives_a_change_that_breaks_the_application(project: Project) -> None:
    port = free_port()
    views = f"{project.package}/public/views.py"
    with project.serve("python", "manage.py", "runserver", "-p", str(port), port=port) as server:
        with project.edited(views, "def index() -> str:", "def index( -> str:"):
            server.wait_for("SyntaxError")
            server.wait_for("Debugger is active!", times=2)
            wait_until(lambda: _status(server) == 500, "the debugger's page")
        wait_until(server.is_up, "an answer after the change was mended")


def _status(server: Server) -> int:
    """Return the status of the first page; 0: there is no answer."""
    try:
        return server.get("/").status
    except (OSError, HTTPException):
        return 0


@on(*KINDS, "full")
def test_flask_run_serves(project: Project) -> None:
    port = free_port()
    with project.serve("flask", "--app", project.package, "run", "-p", str(port), port=port) as it:
        assert it.get("/").status == 200
        assert it.interrupt() == 0


@on(*KINDS, "full")
def test_gunicorn_serves_with_four_workers_and_stops_gracefully(project: Project) -> None:
    port = free_port()
    command = ("gunicorn", f"{project.package}.app:app", "-b", f"0.0.0.0:{port}", "-w", "4")
    with project.serve(*command, port=port, FLASK_DEBUG="0") as server:
        server.wait_for("Booting worker", times=4)
        page = server.get("/")
        assert page.status == 200
        assert "Welcome to My Shop" in page.text
        assert server.stop() == 0
        assert server.output().count("Booting worker") == 4
        assert server.is_gone()


@on(*KINDS)
def test_uwsgi_serves_and_reloads_when_the_application_is_touched(
    project: Project, uwsgi: str
) -> None:
    port = free_port()
    command = (uwsgi, "--ini", f"{project.package}.ini")
    surroundings = {"PORT": str(port), "WEB_CONCURRENCY": "2", "FLASK_DEBUG": "0"}
    with project.serve(*command, port=port, **surroundings) as server:
        server.wait_for("WSGI app 0", times=2)
        assert server.get("/healthz").text.strip() == '{"status":"ok"}'
        with project.edited(f"{project.package}/views.py", '"ok"', '"new"'):
            os.utime(project.folder / project.package / "app.py")
            server.wait_for("WSGI app 0", times=4)  # one worker after the other
        assert server.get("/healthz").text.strip() == '{"status":"new"}'
        assert server.stop() == 0
        assert server.is_gone()


@on("minimal")
def test_uwsgi_goes_on_with_the_old_code_until_a_broken_change_is_mended(
    project: Project, uwsgi: str
) -> None:
    port = free_port()
    surroundings = {"PORT": str(port), "WEB_CONCURRENCY": "2", "FLASK_DEBUG": "0"}
    app = project.folder / project.package / "app.py"
    with project.serve(uwsgi, "--ini", "my_shop.ini", port=port, **surroundings) as server:
        server.wait_for("WSGI app 0", times=2)
        with project.edited(f"{project.package}/views.py", '"ok"', '"ok'):
            os.utime(app)
            server.wait_for("exited with non-zero code")
            for _ in range(4):
                assert server.get("/healthz").status == 200
        os.utime(app)
        server.wait_for("WSGI app 0", times=4)
        assert server.get("/healthz").status == 200


@on(*KINDS, "full")
def test_honcho_runs_the_procfile(project: Project, tmp_path: Path) -> None:
    port = free_port()
    database = tmp_path / "app.db"
    surroundings = {"PORT": str(port), "DATABASE_URL": f"sqlite:///{database}", "FLASK_DEBUG": "0"}
    with project.serve("honcho", "start", port=port, **surroundings) as server:
        if "release:" in (project.folder / "Procfile").read_text():
            wait_until(lambda: "pages" in tables(database), "the tables that a release makes")
        assert server.get("/").status == 200

        assert server.stop() == 128 + 15  # honcho says by which signal it was stopped
        assert "SIGKILL" not in server.output()
        assert server.is_gone()


# Its commands


@on(*KINDS)
def test_the_shell_has_application_database_and_models_at_hand(project: Project) -> None:
    code = """
from flask import current_app
print("context:", current_app._get_current_object() is app)
names = ("Page", "User", "db", "mail", "redis")
print("names:", *(name for name in names if name in globals()))
print("pages:", db.session.query(Page).count() if "db" in globals() else "none")
"""
    expected = {"minimal": "", "web": " Page db", "api": " Page db"}
    preset = project.folder.parent.name.rstrip("0123456789")

    output = project.must_run("python", "manage.py", "shell", typed=code)

    assert "context: True\n" in output
    assert f"names:{expected.get(preset, ' Page User db mail redis')}\n" in output
    assert re.search("pages: (0|none)\n", output)


@on(*KINDS, "full")
def test_urls_lists_the_routes(project: Project) -> None:
    output = project.must_run("python", "manage.py", "urls")

    assert re.search(r"^/ +public\.index +GET$", output, re.MULTILINE)
    assert re.search(r"^/static/<path:filename> +static +GET$", output, re.MULTILINE)


@on("site")
def test_mail_is_shown_in_the_console(project: Project) -> None:
    output = project.must_run("python", "manage.py", "send-test-mail", EMAIL)

    assert "Subject: Test\n" in output
    assert f"To: {EMAIL}\n" in output
    assert "Mail works.\n" in output


# Its database


@on(*WITH_MODELS)
def test_installing_wrote_a_first_migration_into_the_first_commit(project: Project) -> None:
    [revision] = (project.folder / "migrations/versions").glob("*.py")

    assert '"pages"' in revision.read_text().replace("'", '"')
    tracked = project.must_run("git", "ls-files", "migrations/versions").splitlines()
    assert f"migrations/versions/{revision.name}" in tracked


@on(*WITH_MODELS)
def test_installing_made_the_tables(project: Project) -> None:
    users = {"users"} if (project.folder / project.package / "auth").exists() else set()

    assert tables(project.database) == {"alembic_version", "pages", *users}


@on(*WITH_MODELS)
def test_upgrading_a_new_database_makes_what_the_models_say(
    project: Project, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path / 'new.db'}"

    project.must_run("python", "manage.py", "db", "upgrade", DATABASE_URL=url)

    assert tables(tmp_path / "new.db") == tables(project.database)
    project.must_run("python", "manage.py", "db", "check", DATABASE_URL=url)
    project.must_run("python", "manage.py", "db", "downgrade", "base", DATABASE_URL=url)
    assert tables(tmp_path / "new.db") == {"alembic_version"}


@on(*WITH_MODELS)
def test_a_page_that_a_command_adds_is_shown(project: Project, visitor: Browser) -> None:
    output = project.must_run("python", "manage.py", "add-page", "Hello", "--text", "First.")

    path = output.strip().removeprefix("Added: ")
    assert "<h1>Hello</h1>" in visitor.get(path).text
    assert f'href="{path}"' in visitor.get("/pages/").text
    assert visitor.get("/pages/999").status == 404
    project.python(
        "from my_shop import create_app; from my_shop.extensions import db; import my_shop.models as m\n"
        "with create_app().app_context(): db.session.query(m.Page).delete(); db.session.commit()"
    )


def tables(database: Path) -> set[str]:
    """Return the tables of a SQLite file, none if it is not there."""
    if not database.exists():
        return set()
    with closing(sqlite3.connect(database)) as connection:
        return {name for (name,) in connection.execute("select name from sqlite_master")} - {
            name
            for (name,) in connection.execute("select name from sqlite_master where type='index'")
        }


# The factory


@on(*KINDS, "full")
def test_importing_the_package_makes_no_application(project: Project) -> None:
    code = "import my_shop, my_shop.app, my_shop.manage; print('app' in vars(my_shop.app))"

    # It could not be made like this, either.
    assert project.python(code, FLASK_DEBUG="0", SECRET_KEY="") == "False\n"


@on(*KINDS)
def test_two_applications_with_different_settings_live_in_one_process(
    project: Project, tmp_path: Path
) -> None:
    code = f"""
from my_shop import create_app
apps = [create_app(SITE_NAME=name, SECRET_KEY=name * 8, DEBUG=False,
                   SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path}/{{name}}.db")
        for name in ("Backend", "Frontend")]
for app in apps:
    text = app.test_client().get("/").text
    print(app.config["SITE_NAME"], "Backend" in text, "Frontend" in text)
if "sqlalchemy" in apps[0].extensions:
    from my_shop.extensions import db
    from my_shop.models import Page
    for app in apps:
        with app.app_context():
            db.create_all()
            db.session.add(Page(title=app.config["SITE_NAME"]))
            db.session.commit()
    for app in apps:
        print(*(page.title in app.test_client().get("/pages/").text
                for page in (Page(title="<h1>Pages"), Page(title="/pages/2"))))
"""
    lines = project.python(code).splitlines()

    assert lines[:2] == ["Backend True False", "Frontend False True"]
    assert lines[2:] in ([], ["True False", "True False"])


# Safe


REFUSING = {
    "manage.py runserver": ("python", "manage.py", "runserver", "-p", "0"),
    "manage.py shell": ("python", "manage.py", "shell"),
    "flask run": ("flask", "--app", "my_shop", "run", "-p", "0"),
    "gunicorn": ("gunicorn", "my_shop.app:app", "-b", "127.0.0.1:0"),
}


@on("minimal", "site")
@pytest.mark.parametrize("way", REFUSING)
def test_it_refuses_to_start_without_a_secret_key(project: Project, way: str) -> None:
    done = project.run(*REFUSING[way], FLASK_DEBUG="0", SECRET_KEY="")

    assert done.returncode != 0
    assert "SECRET_KEY is not set" in done.stderr
    if "manage.py" in way:
        assert done.returncode == 1
        assert re.fullmatch(r"Error: SECRET_KEY is not set[^\n]*\n", done.stderr)


@on("minimal")
def test_uwsgi_refuses_to_start_without_a_secret_key(project: Project, uwsgi: str) -> None:
    done = project.run(uwsgi, "--ini", "my_shop.ini", FLASK_DEBUG="0", SECRET_KEY="", PORT="0")

    assert done.returncode != 0
    assert "SECRET_KEY is not set" in done.stdout + done.stderr


@on(*WITH_FORMS)
def test_the_cookie_of_a_session_is_guarded(project: Project, visitor: Browser) -> None:
    cookie = visitor.get("/preferences").headers["Set-Cookie"]

    assert cookie.startswith("session=")
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= {*re.split("; ?", cookie)}


WHO = """
from flask import request
from my_shop import create_app

app = create_app()

@app.get("/who")
def who():
    return f"{request.scheme} {request.remote_addr} {request.host}"
"""


@on("minimal")
@pytest.mark.parametrize(
    ("proxies", "seen"), [("0", "http 127.0.0.1"), ("1", "https 192.0.2.7")], ids=["none", "one"]
)
def test_gunicorn_believes_forwarded_headers_of_trusted_proxies_only(
    project: Project, tmp_path: Path, proxies: str, seen: str
) -> None:
    (tmp_path / "probe.py").write_text(WHO)
    port = free_port()
    command = ("gunicorn", "--pythonpath", tmp_path, "probe:app", "-b", f"127.0.0.1:{port}")
    with project.serve(*command, port=port, FLASK_DEBUG="0", TRUSTED_PROXIES=proxies) as server:
        answer = server.get("/who", **FORWARDED)

    # The host is never taken from there: Heroku's router, for one, passes on what any client says.
    assert answer.text == f"{seen} 127.0.0.1:{port}"


FORWARDED = {
    "X_Forwarded_Proto": "https",
    "X_Forwarded_For": "192.0.2.7",
    "X_Forwarded_Host": "evil.example",
}


@on("web")
@pytest.mark.parametrize(
    ("proxies", "scheme"), [("0", "http"), ("1", "https")], ids=["none", "one"]
)
def test_uwsgi_believes_forwarded_headers_of_trusted_proxies_only(
    project: Project, uwsgi: str, proxies: str, scheme: str
) -> None:
    port = free_port()
    surroundings = {"PORT": str(port), "FLASK_DEBUG": "0", "TRUSTED_PROXIES": proxies}
    command = (uwsgi, "--ini", "my_shop.ini")
    with project.serve(*command, port=port, **surroundings) as server:
        redirect = server.get("/pages", **FORWARDED)

    assert redirect.location == f"{scheme}://127.0.0.1:{port}/pages/"


# What visitors do


@on("site")
def test_somebody_registers_logs_out_and_logs_in_again(project: Project, visitor: Browser) -> None:
    email = "round@example.com"
    assert visitor.get("/account").location == "/login?next=%2Faccount"

    joined = visitor.submit("/register", email=email, password=PASSWORD, repeated=PASSWORD)
    assert (joined.status, joined.location) == (302, "/account")
    assert email in visitor.get("/account").text

    assert visitor.submit("/logout", page="/account").location == "/"
    assert visitor.get("/account").status == 302

    assert "wrong" in visitor.submit("/login", email=email, password="not this one").text
    assert visitor.submit("/login", email=email, password=PASSWORD).location == "/account"
    assert email in visitor.get("/account").text


@on("site")
def test_a_form_without_its_token_is_refused(project: Project, visitor: Browser) -> None:
    assert visitor.post("/login", email=EMAIL, password=PASSWORD).status == 400
    assert visitor.post("/preferences", color_scheme="dark").status == 400


@on("site")
@pytest.mark.parametrize(
    ("wanted", "leads_to"),
    [
        ("/pages/", "/pages/"),
        ("//evil.example", "/account"),
        ("https://evil.example", "/account"),
        ("/%5Cevil.example", "/account"),
        ("/%09/evil.example", "/account"),
    ],
)
def test_log_in_leads_on_within_the_site_only(
    project: Project, visitor: Browser, wanted: str, leads_to: str
) -> None:
    email = "next@example.com"
    visitor.submit("/register", email=email, password=PASSWORD, repeated=PASSWORD)

    path = f"/login?next={wanted}"

    assert visitor.submit(path, email=email, password=PASSWORD).location == leads_to


@on("site")
def test_passwords_are_in_the_database_as_argon2_hashes_only(
    project: Project, visitor: Browser
) -> None:
    visitor.submit("/register", email=EMAIL, password=PASSWORD, repeated=PASSWORD)

    with closing(sqlite3.connect(project.database)) as connection:
        query = "select password_hash from users where email = ?"
        [(kept,)] = connection.execute(query, [EMAIL]).fetchall()
    assert kept.startswith("$argon2id$")
    assert PASSWORD.encode() not in project.database.read_bytes()


@on("site")
def test_the_counter_counts(project: Project, visitor: Browser) -> None:
    first, second = (
        int(re.search(r"viewed (\d+) time", visitor.get("/counter").text)[1])  # type: ignore[index]
        for _ in range(2)
    )

    assert second == first + 1


@on(*WITH_FORMS)
def test_a_preference_is_kept(project: Project, visitor: Browser) -> None:
    visitor.submit("/preferences", color_scheme="dark")

    assert "color-scheme/dark.css" in visitor.get("/").text
    assert "color-scheme/" not in Browser(visitor.address).get("/").text


@on("minimal", "site")
def test_a_browser_shows_the_landing_page_and_misses_nothing(
    project: Project, tmp_path: Path
) -> None:
    browser = projects.chromium()
    port = free_port()
    with project.serve("python", "manage.py", "runserver", "-p", str(port), port=port) as server:
        shown = projects.run(
            browser,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            f"--user-data-dir={tmp_path}",
            "--dump-dom",
            f"http://127.0.0.1:{port}/",
            cwd=tmp_path,
        ).stdout
        requests = re.findall(r'"GET (\S+) HTTP/1\.1" (\d+)', server.output())

    assert "My Shop is running." in shown
    assert "/healthz" in shown
    assert not re.findall(r'(?:src|rel="stylesheet"[^>]* href)="(?:https?:)?//(?!127)[^"]*', shown)
    assert [path for path, status in requests if path.endswith(".css")] or "style.css" in shown
    assert not [path for path, status in requests if status not in ("200", "304")]
