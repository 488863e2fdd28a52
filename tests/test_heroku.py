"""What Heroku would refuse: its rules, on projects that are broken in each way, all in memory."""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold_cli import heroku
from scaffold_cli.answers import Answers, complete
from scaffold_cli.catalog import Catalog
from scaffold_cli.doctor import Finding
from scaffold_cli.errors import CatalogError
from scaffold_cli.heroku import buildpack, config_vars, procfile, slug
from scaffold_cli.heroku.push import Push, Repository
from scaffold_cli.render import render
from scaffold_cli.testing.selections import Selection

PAIRS = (Path(__file__).parent / "combinations/pairs.txt").read_text("utf-8").splitlines()
SERVERS = ("gevent", "granian", "gunicorn", "tornado", "uwsgi", "waitress")
PACKAGE = "my_shop"
SETTINGS = f"{PACKAGE}/settings.py"

Files = Mapping[str, str | None]
NOTHING: Files = MappingProxyType({})
Break = Callable[..., list[str]]


def pushed(answers: Answers, changes: Files = NOTHING, **known: Any) -> Push:
    """Return a generated project as it would be pushed, some files changed, or gone."""
    generated = {
        path: file.content.decode("utf-8", "replace")
        for path, file in render(answers, Catalog()).items()
    }
    files = {p: text for p, text in {**generated, **changes}.items() if text is not None}
    repository = known.pop("repository", Repository(committed=dict.fromkeys(files, 100)))
    made = frozenset(generated.keys() - {p for p, text in changes.items() if text is None})
    return Push(answers.package, frozenset(files), files, made, repository, **known)


def of(extensions: str) -> Answers:
    """Return the answers of a project that goes to Heroku."""
    return complete({"project_name": "My Shop", "extensions": extensions, "deploy": "heroku"})


def told(push: Push) -> list[str]:
    """Return what is not well, as short lines."""
    return [f"{f.status} {f.check}: {f.message}" for f in heroku.check(push) if f.status != "ok"]


@pytest.fixture
def broken() -> Break:
    """Break a project, whose tables are in a database and whose tasks are in Redis, and return what is told."""

    def tell(changes: Files = NOTHING, **known: Any) -> list[str]:
        return told(pushed(of("celery redis migrate"), changes, **known))

    return tell


def app_json(**changes: object) -> dict[str, str]:
    """Return the project's app.json with other values; None takes a key out."""
    answers = of("celery redis migrate")
    data = {**json.loads(render(answers, Catalog())["app.json"].content), **changes}
    return {"app.json": json.dumps({k: v for k, v in data.items() if v is not None})}


def env(**changes: object) -> dict[str, str]:
    """Return the project's app.json with other config vars; None takes one out."""
    given = json.loads(app_json()["app.json"])["env"] | changes
    return app_json(env={name: value for name, value in given.items() if value is not None})


# What is generated


@pytest.mark.parametrize("server", SERVERS)
def test_heroku_takes_a_project_with_any_server(server: str) -> None:
    assert told(pushed(of(f"{server} migrate redis celery"))) == []


def test_heroku_takes_each_pair_of_choices() -> None:
    seen = 0
    for line in PAIRS:
        answers = Selection.of(line).answers()
        if answers.deploy not in ("anywhere", "heroku"):
            continue
        with suppress(CatalogError):
            push = pushed(answers)
            failures = [text for text in told(push) if text.startswith("fail")]
            seen += 1
            assert failures == [], line
    assert seen > 5


def test_each_finding_says_how_to_mend_it() -> None:
    changes = {"Procfile": None, "requirements.txt": "Flask\n", ".python-version": "2.7\n"}
    for finding in heroku.check(pushed(of("migrate"), changes, repository=None)):
        assert finding.mend or finding.status == "ok"
        assert "\n" not in finding.message + finding.mend


# The package manager


def test_two_package_managers_are_refused(broken: Break) -> None:
    [line] = broken({"uv.lock": "", "poetry.lock": ""})

    assert line == (
        "fail package manager: several have their file here: poetry.lock, requirements.txt, uv.lock; "
        "Heroku takes just one"
    )


def test_none_is_refused(broken: Break) -> None:
    assert broken({"requirements.txt": None})[0] == (
        "fail package manager: there is no requirements.txt"
    )


def test_another_one_alone_is_taken_at_its_word() -> None:
    push = pushed(of("migrate"), {"requirements.txt": None, "uv.lock": "version = 1\n"})

    assert told(push) == []
    assert Finding("ok", "package manager", "uv, by uv.lock") in [*heroku.check(push)]


def test_pipenvs_two_files_are_one_package_manager() -> None:
    push = pushed(of(""), {"requirements.txt": None, "Pipfile": "", "Pipfile.lock": "{}"})

    assert [f.status for f in buildpack.package_manager(push)] == ["ok"]


def test_a_package_json_has_heroku_detect_another_language(broken: Break) -> None:
    [line] = broken({"package.json": "{}"})

    assert line == "warn buildpack: package.json has Heroku take the project for one of Node.js"


# The Python version


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3.11\n", "ok"),
        ("3.14", "ok"),
        ("# the newest\n\n  3.13  \r\n", "ok"),
        ("3.13.2\n", "warn"),
        ("3.10\n", "warn"),
        ("3.15\n", "warn"),
        ("4.0\n", "warn"),
        ("3.9\n", "fail"),
        ("2.7.18\n", "fail"),
        ("python-3.12\n", "fail"),
        ("3\n", "fail"),
        ("3.013\n", "fail"),
        ("3.13t\n", "fail"),
        (">=3.11\n", "fail"),
        ("pypy3.10\n", "fail"),
        ("3.12  # the one we test\n", "fail"),
        ("3.12\n3.13\n", "fail"),
        ("", "fail"),
        ("# none\n", "fail"),
    ],
)
def test_the_python_is_read_as_the_buildpack_reads_it(text: str, expected: str) -> None:
    push = pushed(of(""), {".python-version": text})

    assert [finding.status for finding in buildpack.python_version(push)] == [expected]


def test_without_a_version_heroku_takes_its_default(broken: Break) -> None:
    assert broken({".python-version": None}) == [
        "warn python: there is no .python-version: Heroku takes what is its default then"
    ]


def test_a_runtime_txt_wins_and_is_deprecated(broken: Break) -> None:
    assert broken({"runtime.txt": "python-3.12.7"}) == [
        "warn python: runtime.txt is deprecated, and wins over .python-version"
    ]


@given(st.integers(0, 5), st.integers(0, 40), st.none() | st.integers(0, 40))
def test_a_version_is_taken_or_not_by_its_series_alone(
    major: int, minor: int, patch: int | None
) -> None:
    version = f"{major}.{minor}" + (f".{patch}" if patch is not None else "")
    push = Push(PACKAGE, frozenset([".python-version"]), {".python-version": version})

    [finding] = buildpack.python_version(push)

    assert (finding.status == "fail") == ((major, minor) < (3, 10))
    assert (finding.status == "ok") == (major == 3 and 11 <= minor <= 14 and patch is None)


# The requirements


HASHED = "gunicorn==27.0.1 \\\n    --hash=sha256:00\ncelery==5.6.0 --hash=sha256:00\npsycopg==3.3.0 --hash=sha256:00\n"


def test_a_package_without_a_hash_beside_others_is_refused(broken: Break) -> None:
    assert broken({"requirements.txt": f"{HASHED}Flask>=3\nwheel\n"}) == [
        "fail requirements: others have a hash, so pip refuses what has none: Flask, wheel"
    ]


def test_a_project_in_the_requirements_is_refused_beside_hashes(broken: Break) -> None:
    assert broken({"requirements.txt": f"{HASHED}-e .\n"}) == [
        "fail requirements: others have a hash, so pip refuses what has none: -e ."
    ]


def test_no_hashes_at_all_are_warned_of(broken: Break) -> None:
    bare = "gunicorn==27.0.1\ncelery==5.6.0 # tasks\npsycopg[binary]==3.3.0\n"

    assert broken({"requirements.txt": bare}) == [
        "warn requirements: no package has a hash: whatever an index hands out is installed"
    ]


def test_a_file_that_is_included_has_to_be_there(broken: Break) -> None:
    assert broken({"requirements.txt": f"-r base.txt\n{HASHED}"}) == [
        "fail requirements: requirements.txt includes base.txt, which is not there"
    ]
    assert broken({"requirements.txt": f"-r base.txt\n{HASHED}", "base.txt": ""}) == []


def test_empty_requirements_are_refused(broken: Break) -> None:
    lines = broken({"requirements.txt": "# nothing yet\n"})

    assert lines[0] == "fail requirements: requirements.txt names no package"
    assert "fail Procfile: web: no package of requirements.txt brings gunicorn" in lines


# The Procfile


def test_a_missing_procfile_is_refused(broken: Break) -> None:
    assert "fail Procfile: there is no Procfile" in broken({"Procfile": None})


def test_a_procfile_of_another_name_is_refused(broken: Break) -> None:
    lines = broken({"Procfile": None, "procfile.txt": "web: gunicorn my_shop.app:app"})

    assert "fail Procfile: its name is Procfile, not procfile.txt" in lines


WORKER = "worker: python manage.py worker\n"
RELEASE = "release: python manage.py release\n"


@pytest.mark.parametrize(
    ("web", "missing"),
    [
        ("hypercorn my_shop.app:app -b :$PORT", "no package of requirements.txt brings hypercorn"),
        ("gunicorn shop.app:app", "there is no module shop.app"),
        ("gunicorn my_shop.wsgi:app", "there is no module my_shop.wsgi"),
        ("bin/start --port $PORT", "there is no bin/start"),
        ("python -m my_shop.serving $PORT", "there is no module my_shop.serving"),
        ("python serve.py $PORT", "there is no serve.py"),
        ("gunicorn 'my_shop.app:app", 'a quote is not closed in "gunicorn \'my_shop.app:app"'),
        (
            "python manage.py release && waitress-serve --port=$PORT my_shop.app:app",
            "no package of requirements.txt brings waitress-serve",
        ),
    ],
)
def test_what_a_process_runs_has_to_come_along(broken: Break, web: str, missing: str) -> None:
    lines = broken({"Procfile": f"web: {web}\n{WORKER}{RELEASE}"})

    assert lines == [f"fail Procfile: web: {missing}"]


@pytest.mark.parametrize(
    "web",
    [
        "gunicorn my_shop.app:app",
        "exec gunicorn my_shop.app:app",
        "env FLASK_DEBUG=0 gunicorn my_shop.app:app",
        "FLASK_DEBUG=0 gunicorn -c gunicorn.conf.py 'my_shop.app:create_app()'",
        "python -m gunicorn my_shop.app:app",
        "echo starting; gunicorn my_shop.app:app --bind=0.0.0.0:${PORT}",
        "python manage.py release && gunicorn my_shop.app:app -b :$PORT",
        "python -m http.server $PORT",
    ],
)
def test_what_comes_along_may_be_run(broken: Break, web: str) -> None:
    assert broken({"Procfile": f"web: {web}\n{WORKER}{RELEASE}"}) == []


def test_without_a_web_process_nobody_is_served(broken: Break) -> None:
    assert broken({"Procfile": f"{WORKER}{RELEASE}"}) == [
        "fail Procfile: there is no process web: Heroku would pass no request on",
        "fail app.json: formation: there is no process web",
        "fail app.json: environments.review: formation: there is no process web",
    ]


def test_without_a_release_process_nobody_migrates(broken: Break) -> None:
    assert broken({"Procfile": f"web: gunicorn my_shop.app:app\n{WORKER}"}) == [
        "fail Procfile: there is no process release: migrations would not be run"
    ]


def test_a_command_of_manage_py_has_to_be_there(broken: Break) -> None:
    assert broken({f"{PACKAGE}/manage.py": "manager = ...\n"}) == [
        "fail Procfile: worker: manage.py has no command worker",
        "fail Procfile: release: manage.py has no command release",
    ]


def test_lines_that_are_no_process_and_names_twice_are_refused(broken: Break) -> None:
    text = f"# ours\n\nweb gunicorn\nweb: gunicorn my_shop.app:app\n{WORKER}{WORKER}{RELEASE}"

    assert broken({"Procfile": text}) == [
        "fail Procfile: line 3 is no process: 'web gunicorn'",
        "fail Procfile: worker stands there twice",
    ]


@given(st.text(max_size=60))
def test_any_text_may_stand_in_a_procfile(text: str) -> None:
    push = Push(PACKAGE, frozenset(["Procfile"]), {"Procfile": f"web: x {text}\n{text}"})

    assert all(finding.message for finding in procfile.check(push))


# The port


@pytest.mark.parametrize(
    ("command", "conf", "expected"),
    [
        ("gunicorn my_shop.app:app -b 0.0.0.0:8000", None, "gunicorn is bound to 0.0.0.0:8000"),
        ("gunicorn my_shop.app:app", "bind = ':8000'\n", "gunicorn.conf.py binds gunicorn without PORT"),
        ("gunicorn -c ./own.py my_shop.app:app", "bind = ':8000'\n", "own.py binds gunicorn without PORT"),
        ("python -m my_shop.views", None, "web does not take its port from PORT: python -m my_shop.views"),
    ],
)  # fmt: skip
def test_a_port_of_ones_own_is_refused(
    broken: Break, command: str, conf: str | None, expected: str
) -> None:
    named = "own.py" if "own.py" in command else "gunicorn.conf.py"
    files = {"Procfile": f"web: {command}\n{WORKER}{RELEASE}", **({named: conf} if conf else {})}

    assert broken(files) == [f"fail port: {expected}"]


def test_gunicorns_own_default_is_the_port(broken: Break) -> None:
    assert broken({"gunicorn.conf.py": None}) == []
    assert broken({"gunicorn.conf.py": "workers = 3\n"}) == []


def test_the_development_server_is_warned_of(broken: Break) -> None:
    web = "web: python manage.py runserver -h 0.0.0.0 -p $PORT\n"

    assert broken({"Procfile": f"{web}{WORKER}{RELEASE}"}) == [
        "warn port: web runs the development server"
    ]


# app.json


def test_without_an_app_json_there_are_no_review_apps(broken: Break) -> None:
    lines = broken({"app.json": None})

    assert lines[0] == "skip app.json: there is none: no deploy button, no review apps"
    assert "warn settings: SECRET_KEY has no default" in lines


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"app.json": "{"}, "fail app.json: it is no JSON: Expecting property name"),
        ({"app.json": "[]"}, "fail app.json: [] is not of type 'object'"),
        (app_json(addons="heroku-redis"), "fail app.json: addons: 'heroku-redis' is not of type"),
        (app_json(name="n" * 31), "warn app.json: the name has 31 characters"),
        (app_json(healthchecks={}), "warn app.json: Heroku knows no key 'healthchecks'"),
        (
            app_json(formation={"web": {"quantity": "1"}}),
            "fail app.json: formation.web.quantity: '1' is not of type 'integer'",
        ),
        (
            app_json(formation={"clock": {"quantity": 1}}),
            "fail app.json: formation: there is no process clock",
        ),
        (
            app_json(formation={"web": {"size": "Hobby"}}),
            "fail app.json: formation: web's size hobby is gone",
        ),
        (
            app_json(environments={"staging": {}}),
            "fail app.json: environments: Additional properties are not allowed ('staging'",
        ),
        (
            app_json(buildpacks=[{"url": "heroku/nodejs"}]),
            "fail app.json: no buildpack for Python among: heroku/nodejs",
        ),
    ],
    ids=str,
)
def test_an_app_json_that_heroku_does_not_take(
    broken: Break, changes: Files, expected: str
) -> None:
    [line, *more] = broken(changes)

    assert line.startswith(expected)
    # What cannot be read says nothing of settings, either.
    assert all(" settings: " in text or " database: " in text for text in more)


def test_plans_that_are_gone_are_refused(broken: Break) -> None:
    gone = app_json(addons=["heroku-postgresql:hobby-dev", "heroku-redis:mini"])

    assert broken(gone) == ["fail app.json: heroku-postgresql:hobby-dev is no plan any more"]


# Settings and the database


def test_a_setting_without_default_that_app_json_does_not_set(broken: Break) -> None:
    source = '\nTOKEN = env.str("SHOP_TOKEN")\nNAME = env.str("SHOP_NAME", "x")\nN = env.int("N", default=1)\n'

    assert broken({SETTINGS: source}) == [
        "fail settings: SHOP_TOKEN has no default, and app.json sets none"
    ]
    asked = env(SHOP_TOKEN={"description": "Whatever."})
    assert broken({SETTINGS: source, **asked}) == []


def test_the_secret_key_is_asked_for(broken: Break) -> None:
    assert broken(env(SECRET_KEY=None)) == [
        "fail settings: SECRET_KEY has no default, and app.json sets none"
    ]


def test_a_secret_that_is_written_down_is_refused(broken: Break) -> None:
    assert broken(env(SECRET_KEY="0123456789abcdef")) == [
        "fail secrets: app.json holds the value of SECRET_KEY"
    ]


def test_settings_that_heroku_asks_for(broken: Break) -> None:
    assert broken(env(TRUSTED_PROXIES=None, REDIS_SSL_CERT_REQS=None)) == [
        "warn settings: TRUSTED_PROXIES is not set: all visitors would have the router's address, and http",
        "warn settings: Heroku's Redis has a self-signed certificate, which would be refused",
    ]


def test_sqlite_on_a_disk_that_does_not_last_is_warned_of(broken: Break) -> None:
    assert broken(app_json(addons=["heroku-redis:mini"])) == [
        "warn database: without DATABASE_URL data lies in SQLite, on a disk that each restart empties"
    ]
    own = env(DATABASE_URL={"description": "Our own server's."})
    without = json.dumps({**json.loads(own["app.json"]), "addons": []})
    assert broken({"app.json": without}) == []


def test_a_database_without_its_driver_is_refused(broken: Break) -> None:
    lines = broken(app_json(addons=[{"plan": "jawsdb:kitefin", "as": "DATABASE"}]))

    assert lines == ["fail database: no package of requirements.txt speaks to jawsdb:kitefin"]


@given(st.text())
def test_settings_are_read_whatever_stands_in_them(text: str) -> None:
    assert isinstance(config_vars.required(text), list)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3)
    ),
)
KEYS = ("name", "env", "formation", "addons", "buildpacks", "environments", "scripts", "stack")


@given(st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=4), st.text(max_size=80))
def test_whatever_stands_in_the_files_the_check_comes_to_its_end(
    manifest: dict[str, object], text: str
) -> None:
    names = ("Procfile", "requirements.txt", ".python-version", ".slugignore", SETTINGS)
    texts = {**dict.fromkeys(names, text), "app.json": json.dumps(manifest)}

    found = [*heroku.check(Push(PACKAGE, frozenset(texts), texts))]

    assert {finding.status for finding in found} <= {"ok", "warn", "fail", "skip"}
    assert heroku.to_json(found)["ready"] is False  # nobody has a repository


# git, secrets, and the slug


def test_a_repository_with_a_commit_is_needed(broken: Break) -> None:
    assert broken(repository=None) == [
        "fail git: there is no repository, and Heroku is pushed to by git"
    ]
    assert broken(repository=Repository()) == ["fail git: nothing is committed yet"]


def test_heroku_looks_at_the_root_of_a_repository(broken: Break) -> None:
    inside = Repository(prefix="sites/shop", committed={"Procfile": 1})

    assert broken(repository=inside) == [
        "fail git: the repository begins above: for Heroku the project is in sites/shop"
    ]


def test_heroku_builds_one_branch(broken: Break) -> None:
    assert broken(repository=Repository(branch="next", committed={"Procfile": 1})) == [
        "warn git: Heroku builds main, and this is next"
    ]


def test_what_is_needed_and_ignored_is_told(broken: Break) -> None:
    ignored = (".venv/", "instance/", "Procfile", "my_shop/static/", "README.md")
    repository = Repository(committed={"manage.py": 1}, ignored=ignored)

    [line] = broken(repository=repository)

    assert line == (
        "fail git: ignored, and needed: Procfile, my_shop/static/favicon.svg, "
        "my_shop/static/landing.css, my_shop/static/style.css"
    )


def test_what_is_not_committed_is_told(broken: Break) -> None:
    changed = ("Procfile", "my_shop/views.py", "README.md", "my_shop/tests/test_app.py")
    repository = Repository(committed={"manage.py": 1}, changed=changed)

    assert broken(repository=repository) == [
        "fail git: not committed: Procfile, my_shop/views.py",
        "warn git: not committed: README.md, my_shop/tests/test_app.py",
    ]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (".env", "fail secrets: .env would be pushed"),
        ("deploy/.env.production", "fail secrets: deploy/.env.production would be pushed"),
        ("tls/server.key", "warn secrets: tls/server.key looks like a private key"),
        ("instance/app.db", "warn secrets: instance/app.db is data, and would be pushed"),
        ("shop.sqlite3", "warn secrets: shop.sqlite3 is data, and would be pushed"),
    ],
)
def test_secrets_and_data_are_not_to_be_pushed(broken: Break, path: str, expected: str) -> None:
    assert broken({path: "x"}) == [expected]


def test_a_secret_of_dotenv_elsewhere_is_told(broken: Break) -> None:
    assert broken(leaks=("my_shop/views.py",)) == [
        "fail secrets: my_shop/views.py holds a secret of .env"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("*.txt\n", "fail slug: .slugignore takes away what is needed: requirements.txt"),
        ("/Procfile\n", "fail slug: .slugignore takes away what is needed: Procfile"),
        ("!keep.md\n", "warn slug: Heroku knows no exceptions in .slugignore: !keep.md"),
        ("# nothing\n*.psd\n/docs/\napp.json\n", ""),
    ],
)
def test_what_is_needed_is_not_to_be_taken_away(broken: Break, text: str, expected: str) -> None:
    assert broken({".slugignore": text}) == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("path", "pattern", "is_ignored"),
    [
        ("a/b.py", "b.py", True),
        ("a/b.py", "a/", True),
        ("a/b.py", "a", True),
        ("a/b.py", "/a", True),
        ("a/b.py", "/b.py", False),
        ("a/b.py", "a/b.py", True),
        ("x/a/b.py", "a/b.py", False),
        ("x/a/b.py", "a/", True),
        ("a", "a/", False),
        ("a/b.py", "*.py", True),
        ("ab/c.py", "a", False),
    ],
)
def test_slugignore_is_read_as_gitignore_is(path: str, pattern: str, is_ignored: bool) -> None:
    assert slug.is_ignored(path, [pattern]) == is_ignored


@pytest.mark.parametrize(
    ("megabytes", "expected"),
    [
        (299, []),
        (301, ["warn slug: 301 MB are committed, most in film.mp4, manage.py"]),
        (501, ["fail slug: 501 MB are committed, most in film.mp4, manage.py"]),
    ],
)
def test_what_is_too_large_is_told(broken: Break, megabytes: int, expected: list[str]) -> None:
    committed = {"film.mp4": megabytes * 1024**2, "manage.py": 1}

    assert broken(repository=Repository(committed=committed)) == expected
    assert (
        broken(
            {".slugignore": "*.mp4\n", "film.mp4": ""}, repository=Repository(committed=committed)
        )
        == []
    )
