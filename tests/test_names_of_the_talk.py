"""Every name of the talk "In Flask we Trust" leads somewhere, and says where."""

import pytest
from click.testing import CliRunner

from scaffold_cli.catalog import Catalog, base
from scaffold_cli.cli import scaffold
from scaffold_cli.extension import Extension

CATALOG = Catalog()
NAMES = """
Flask-SQLAlchemy, Flask-Peewee, Flask-CouchDB, Flask-PyMongo, Flask-And-Redis, Flask-MongoEngine, Flask-MiniMongo,
Flask-WTF, Flask-Admin, Flask-Dashed, Flask-Auth, Flask-BasicAuth, Flask-Login, Flask-Security, Flask-GoogleAuth,
Flask-OAuth, Flask-OpenID, Flask-Social, Flask-REST, Flask-Restless, Flask-Snooze, Flask-Babel, Flask-Actions,
Flask-Script, Flask-Assets, Flask-Collect, flask-fillin, Flask-Testing, WebTest, Werkzeug debugger, pdb, ipdb,
Flask-DebugToolbar, Flask-Cache, Flask-Celery, Flask-LazyViews, Flask-Dropbox, Flask-FlatPages, Frozen-Flask,
Flask-Mail, Flask-Uploads, gunicorn, uwsgi, Tornado, gevent, eventlet, greenlet, Heroku, nginx
"""
TALK = [name.strip() for name in NAMES.split(",")]
# Well known since, and not what a project gets by that name; or the package behind an id.
LATER = """
Flask-Caching, Flask-Reuploaded, Flask-Security-Too, Authlib, Flask-Dance, Flask-HTTPAuth, flask-smorest, APIFlask,
Flask-Restless-NG, flask-restx, Flask-RESTful, Flask-Mailman, Flask-Redis, Flask-Migrate, Flask-Talisman,
Flask-Limiter, Flask-Cors, Flask-Session, Flask-Compress, Flask-Vite, Flask-RQ2, Flask-SSLify, Flask-JWT,
Flask-JWT-Extended, Flask-BabelEx, Flask-Bootstrap, Bootstrap-Flask, Flask-SocketIO, flask-htmx, Flask-SeaSurf,
Flask-Alembic, Flask-RQ, WhiteNoise, flask-marshmallow, pytest-flask, python-dotenv
""".replace("\n", " ")


def asked() -> list[str]:
    return [*TALK, *(name.strip() for name in LATER.split(","))]


@pytest.mark.parametrize("name", asked())
def test_a_name_leads_to_an_extension_or_to_the_core(name: str) -> None:
    extension, reason = CATALOG.find(name)

    own = {extension.id.casefold(), extension.title.casefold()}
    assert name.casefold() in (reason.casefold() or own)  # a reason says of what
    assert "\n" not in reason


@pytest.mark.parametrize("name", asked())
def test_a_project_can_be_asked_for_by_that_name(name: str) -> None:
    command = ["new", "Shop", "--preset", "minimal", "--with", name, "--dry-run", "--json"]

    done = CliRunner().invoke(scaffold, command)

    assert done.exit_code == 0, done.output
    assert '"schema": "scaffold/plan/1"' in done.stdout
    _, reason = CATALOG.find(name)
    assert done.stderr.strip() == reason


def test_a_name_of_the_core_adds_nothing() -> None:
    plain, named = (
        CliRunner().invoke(scaffold, ["new", "Shop", "--dry-run", "--json", *flags])
        for flags in ([], ["--with", "Flask-Script"])
    )

    assert plain.stdout == named.stdout
    assert "core/script/" in named.stderr


def test_the_core_can_not_be_left_out() -> None:
    done = CliRunner().invoke(scaffold, ["new", "Shop", "--without", "Flask-Script", "--dry-run"])

    assert done.exit_code == 2
    assert "The core is in every project." in done.output


def test_a_known_name_leads_to_one_place() -> None:
    claimed: dict[str, list[str]] = {}
    for extension in (*CATALOG, base()):
        for name in {extension.title, *extension.replaces}:
            claimed.setdefault(name.casefold(), []).append(extension.id)

    assert {name: ids for name, ids in claimed.items() if len(ids) > 1} == {}


@pytest.mark.parametrize("extension", (*CATALOG, base()), ids=lambda extension: extension.id)
def test_a_reason_is_whole_sentences_on_one_line(extension: Extension) -> None:
    for reason in map(extension.stands_in, extension.replaces):
        assert reason.endswith(".")
        assert "\n" not in reason
