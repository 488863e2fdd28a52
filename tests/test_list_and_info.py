"""``scaffold list`` and ``scaffold info``."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scaffold_cli import __version__, verified
from scaffold_cli.catalog import Catalog, group_title, groups
from scaffold_cli.cli import COMMANDS, scaffold
from scaffold_cli.extension import Extension
from scaffold_cli.verified import Verified

ACME = Path(__file__).parent / "acme/acme_extensions"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(scaffold, arguments)


def test_the_list_has_every_extension_under_its_group() -> None:
    lines = run("list").output.splitlines()

    for extension in Catalog():
        assert f"{group_title(extension.group)}  {extension.group}" in lines
        assert any(line[2:].split()[:1] == [extension.id] for line in lines)


def test_the_list_as_json_is_an_array_of_objects() -> None:
    entries = json.loads(run("list", "--json").output)

    assert {entry["id"] for entry in entries} == {extension.id for extension in Catalog()}
    assert all({"id", "group", "title", "summary"} <= entry.keys() for entry in entries)


def test_the_list_marks_defaults_and_roles() -> None:
    lines = run("list").output.splitlines()

    assert any(line.startswith("* sqlalchemy ") and line.endswith(" [orm]") for line in lines)
    assert any(line.startswith("  redis ") for line in lines)


@pytest.mark.parametrize(
    "command", [["list"], ["search", "flask"], ["search", "test"]], ids=" ".join
)
def test_no_line_is_wider_than_a_terminal_of_80_columns(command: list[str]) -> None:
    assert max(map(len, run(*command).output.splitlines())) <= 80


@pytest.mark.parametrize("extension", list(Catalog()), ids=lambda extension: extension.id)
def test_info_fits_a_terminal_of_80_columns(extension: Extension) -> None:
    lines = run("info", extension.id).output.splitlines()

    assert [line for line in lines if len(line) > 80 and "https://" not in line] == []


def test_every_group_of_ours_has_a_title() -> None:
    assert {extension.group for extension in Catalog()} <= groups().keys()


def test_a_group_of_others_comes_after_ours_under_its_own_name(tmp_path: Path) -> None:
    manifest = 'id = "x"\ntitle = "X"\ngroup = "space travel"\nsummary = "Far."\n'
    (tmp_path / "x").mkdir()
    (tmp_path / "x/extension.toml").write_text(manifest)

    headings = run("list", "--catalog", str(tmp_path)).output.splitlines()

    assert headings.index("Space travel  space travel") > headings.index("Databases  database")


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


def test_info_on_an_extension_of_others_tells_the_versions_that_its_catalogue_pins() -> None:
    done = run("info", "humanize", "--catalog", str(ACME), "--json")

    (version,) = re.findall(r"^humanize==(\S+)", (ACME / "pins.txt").read_text(), re.MULTILINE)
    assert json.loads(done.output)["versions"] == {"humanize": version}


@pytest.mark.parametrize("name", ["redis", "Flask-Redis", "flask-and-redis"])
def test_info_takes_the_names_that_people_know(name: str) -> None:
    assert (
        json.loads(CliRunner().invoke(scaffold, ["info", name, "--json"]).stdout)["id"] == "redis"
    )


def test_info_tells_whom_it_can_not_stand_beside_also_by_its_role() -> None:
    conflicts = json.loads(run("info", "gunicorn", "--json").output)["conflicts"]

    assert conflicts["uwsgi"] == "Only one can play the role server."


def test_info_tells_commands_and_processes() -> None:
    facts = json.loads(run("info", "gunicorn", "--json").output)

    assert facts["processes"] == {"web": "gunicorn {{ cookiecutter.package }}.app:app"}
    assert "web  gunicorn PACKAGE.app:app" in run("info", "gunicorn").output


def test_info_tells_what_was_verified(monkeypatch: pytest.MonkeyPatch) -> None:
    trial = Verified("flask-login", "0.6.3", "2023-10", "2026-11-22", "3.1.3", "works")
    monkeypatch.setattr(verified, "trials", lambda: {"login": trial})

    lines = run("info", "login").output.splitlines()

    assert " Released  flask-login 0.6.3 of 2023-10" in lines
    assert " Verified  2026-11-22 with Flask 3.1.3: works" in lines


@pytest.mark.parametrize("name", ["Flask-Script", "werkzeug DEBUGGER", "pdb"])
def test_info_on_what_the_core_plays_is_one_line_with_the_reason(name: str) -> None:
    done = run("info", name)

    assert done.exit_code == 0
    assert len(done.output.splitlines()) == 1
    assert name.casefold() in done.output.casefold()


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
