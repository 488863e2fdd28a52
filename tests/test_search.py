"""``scaffold search``, and the looking behind it."""

import json

import pytest
from click.testing import CliRunner, Result
from conftest import MakeCatalog

from scaffold_cli.cli import scaffold
from scaffold_cli.extension import Extension
from scaffold_cli.search import nearest, search

CATALOG = {
    "caching/extension.toml": """
title = "Flask-Caching"
group = "cache"
summary = "Keeps what is costly to make, in memory or in Redis."
requirements = ["Flask-Caching"]
[replaces]
Flask-Cache = "Flask-Cache no longer imports."
[settings.CACHE_DEFAULT_TIMEOUT]
help = "Seconds that a thing is kept."
""",
    "celery/extension.toml": """
title = "Celery"
group = "tasks"
summary = "Work beside the requests."
provides = "tasks"
dev_requirements = ["celery-types"]
""",
    "redis/extension.toml": 'title = "Redis"\ngroup = "database"\nsummary = "A client."',
}
GROUPS = {"cache": "Caching", "tasks": "Background tasks", "database": "Databases"}


@pytest.fixture
def extensions(make_catalog: MakeCatalog) -> list[Extension]:
    return [make_catalog(CATALOG)[name] for name in ("caching", "celery", "redis")]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("caching", ["caching"]),
        ("flask-cache", ["caching"]),
        ("FLASK_CACHING", ["caching"]),
        ("imports", ["caching"]),
        ("timeout", ["caching"]),
        ("seconds", ["caching"]),
        ("background", ["celery"]),
        ("task", ["celery"]),
        ("celery-types", ["celery"]),
        ("work requests", ["celery"]),
        ("redis", ["redis", "caching"]),
        ("redis memory", ["caching"]),
        ("databases", ["redis"]),
        ("moon", []),
    ],
)
def test_words_are_found_wherever_they_stand_the_best_first(
    extensions: list[Extension], words: str, ids: list[str]
) -> None:
    found = search(words.split(), extensions, GROUPS)

    assert [match.extension.id for match in found] == ids


def test_a_name_that_is_replaced_brings_its_reason(extensions: list[Extension]) -> None:
    match = search(["Flask-Cache"], extensions, GROUPS)[0]

    assert (match.known, match.reason) == ("Flask-Cache", "Flask-Cache no longer imports.")


def test_what_finds_nothing_is_answered_with_what_looks_like_it(
    extensions: list[Extension],
) -> None:
    assert nearest(["celrey"], extensions, GROUPS) == ["celery"]
    assert nearest(["xyzzy"], extensions, GROUPS) == []


def run(*arguments: str) -> Result:
    return CliRunner().invoke(scaffold, ["search", *arguments])


def test_the_command_shows_id_title_and_summary() -> None:
    done = run("smtp")

    assert done.exit_code == 0
    assert done.output.startswith("mail  Flask-Mail: ")


def test_the_command_knows_what_the_core_plays() -> None:
    assert "every project has a Manager" in " ".join(run("Flask-Script").output.split())


def test_the_command_prints_json() -> None:
    found = json.loads(run("Flask-Redis", "--json").output)

    assert found[0]["id"] == "redis"
    assert found[0]["known"] == "Flask-Redis"
    assert json.loads(run("xyzzyx", "--json").output) == []


def test_the_command_suggests_when_it_finds_nothing() -> None:
    refused = run("databse")

    assert refused.exit_code == 2
    assert "Did you mean database?" in refused.output
