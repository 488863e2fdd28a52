"""What the documentation shows is what happens."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from scaffold_cli import slots
from scaffold_cli.cli import COMMANDS, scaffold
from scaffold_cli.extension import Extension, Option, Setting

ROOT = Path(__file__).resolve().parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
EXAMPLES = ROOT / "docs" / "examples"
SESSION = re.compile(r"^```\n\$ scaffold (.+)\n((?:[^$`].*\n|\n)+)```$", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#:]+)\)")


def sessions() -> list[tuple[str, str]]:
    """Return each command that the pages show with its output."""
    return [found for page in PAGES for found in SESSION.findall(page.read_text("utf-8"))]


@pytest.mark.parametrize(("command", "shown"), sessions(), ids=[c for c, _ in sessions()])
def test_a_command_prints_what_the_page_shows(
    command: str, shown: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    result = CliRunner().invoke(
        scaffold, shlex.split(command.replace("docs/examples", str(EXAMPLES)))
    )

    printed = result.output.splitlines()
    expected = shown.splitlines()
    if any(line.strip() == "..." for line in expected):  # cut here
        expected = expected[: [line.strip() for line in expected].index("...")]
        printed = printed[: len(expected)]
    assert printed == expected


@pytest.mark.parametrize("page", PAGES, ids=[page.name for page in PAGES])
def test_a_page_links_to_files_that_are_there(page: Path) -> None:
    links = LINK.findall(page.read_text("utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []


def test_the_readme_has_every_flag_of_every_command() -> None:
    text = (ROOT / "README.md").read_text("utf-8")
    context = scaffold.make_context("scaffold", [], resilient_parsing=True)
    commands = [scaffold.get_command(context, name) for name in COMMANDS]
    flags = {
        flag
        for command in commands
        if command
        for parameter in command.params
        for flag in [*parameter.opts, *parameter.secondary_opts]
        if flag.startswith("-")
    }

    assert {flag for flag in flags if flag not in text} == set()


def test_the_page_for_authors_has_every_slot_and_every_key() -> None:
    text = (ROOT / "docs/extensions.md").read_text("utf-8")
    files = {
        s.id: s.file.replace("{{cookiecutter.package}}", "…") for s in slots.declared().values()
    }
    keys = {*Extension._fields, *Option._fields, *Setting._fields} - {"folder", "name"}

    assert [slot for slot, file in files.items() if f"| `{slot}` | `{file}` |" not in text] == []
    assert [key for key in keys if f"`{key}`" not in text and f"`[{key}" not in text] == []


def test_the_worked_example_stands_in_the_page_as_it_is() -> None:
    text = (ROOT / "docs/extensions.md").read_text("utf-8")
    files = [path for path in (EXAMPLES / "robots").rglob("*") if path.is_file()]

    assert files
    for path in files:
        assert f"\n{path.read_text('utf-8')}```" in text, path
