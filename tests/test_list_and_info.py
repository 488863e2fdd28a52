"""``scaffold list`` and ``scaffold info``."""

import json

import pytest
from click.testing import CliRunner, Result

from scaffold_cli import __version__
from scaffold_cli.catalog import Catalog
from scaffold_cli.cli import COMMANDS, scaffold


def run(*arguments: str) -> Result:
    return CliRunner().invoke(scaffold, arguments)


def test_the_list_has_every_extension_under_its_group() -> None:
    lines = run("list").output.splitlines()

    for extension in Catalog():
        assert extension.group in lines
        assert any(line.split()[:1] == [extension.id] for line in lines)


def test_the_list_as_json_is_an_array_of_objects() -> None:
    entries = json.loads(run("list", "--json").output)

    assert {entry["id"] for entry in entries} == {extension.id for extension in Catalog()}
    assert all({"id", "group", "title", "summary"} <= entry.keys() for entry in entries)


def test_the_list_can_be_of_one_group() -> None:
    assert json.loads(run("list", "--group", "mail", "--json").output)[0]["id"] == "mail"

    refused = run("list", "--group", "moon")
    assert refused.exit_code == 2
    assert "database" in refused.output


def test_info_tells_what_an_extension_needs_reads_and_brings() -> None:
    facts = json.loads(run("info", "login", "--json").output)

    assert {"sqlalchemy", "wtf"} <= set(facts["requires"])
    assert facts["versions"].keys() >= {"flask-login", "argon2-cffi"}
    assert facts["docs"].startswith("https://")

    text = run("info", "mail").output
    assert "MAIL_SERVER" in text
    assert "Flask-Mail" in text


@pytest.mark.parametrize("name", ["redis", "Flask-Redis", "flask-and-redis"])
def test_info_takes_the_names_that_people_know(name: str) -> None:
    assert (
        json.loads(CliRunner().invoke(scaffold, ["info", name, "--json"]).stdout)["id"] == "redis"
    )


def test_info_on_an_unknown_name_offers_the_nearest() -> None:
    refused = run("info", "logn")

    assert refused.exit_code == 2
    assert "Did you mean login?" in refused.output


def test_the_help_names_every_command_and_the_version_is_told() -> None:
    assert all(command in run("--help").output for command in COMMANDS)
    assert __version__ in run("--version").output


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_of_its_own(command: str) -> None:
    assert "Usage:" in run(command, "--help").output
