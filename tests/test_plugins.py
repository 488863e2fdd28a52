"""Catalogues of others: found, checked, and none of their code run."""

import shutil
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import Folder

from scaffold_cli import hook
from scaffold_cli.answers import presets
from scaffold_cli.cli import scaffold
from scaffold_cli.errors import CatalogError, ManifestError
from scaffold_cli.plugins import open_catalog

ACME = Path(__file__).parent / "acme/acme_extensions"
MANIFEST = """
id = "greeting"
title = "Greeting"
group = "fun"
summary = "Says hello."
"""


def test_a_folder_named_on_the_command_line_adds_its_extensions(folder: Folder) -> None:
    root = folder(
        {
            "greeting/extension.toml": MANIFEST,
            "greeting/files/{{cookiecutter.package}}/greeting.py": 'HELLO = "{{ cookiecutter.project_name }}"\n',
            "greeting/slots/readme.md": "### Greeting\n\nHello.\n",
        }
    )

    result = CliRunner().invoke(
        scaffold,
        [
            "new",
            "My Shop",
            "--with",
            "greeting",
            "--catalog",
            str(root),
            "-y",
            "--no-git",
            "-o",
            str(root / "out"),
        ],
    )

    assert result.exit_code == 0, result.output
    project = root / "out/my-shop"
    assert (project / "my_shop/greeting.py").read_text() == 'HELLO = "My Shop"\n'
    assert "### Greeting\n\nHello.\n" in (project / "README.md").read_text()


def test_a_catalogue_that_is_no_folder_is_refused() -> None:
    with pytest.raises(CatalogError, match="nowhere"):
        open_catalog(["nowhere"])


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (MANIFEST + "colour = 3", "colour"),
        (MANIFEST.replace('"fun"', "3"), "group"),
        (MANIFEST + 'requirements = ["flask>=2"]', "no versions"),
        (MANIFEST + '[settings.lower]\nhelp = "x"', "lower"),
        (MANIFEST.replace('id = "greeting"', 'id = "other"'), "folder's name"),
        ("id = ", "no TOML"),
        ('id = "greeting"', "title"),
    ],
)
def test_a_manifest_of_others_that_breaks_the_schema_is_named_with_its_key(
    folder: Folder, text: str, part: str
) -> None:
    root = folder({"greeting/extension.toml": text})

    with pytest.raises(ManifestError) as refusal:
        open_catalog([str(root)])["greeting"]
    assert part in refusal.value.message
    assert str(Path("greeting/extension.toml")) in refusal.value.message


def test_an_installed_package_brings_extensions_without_being_imported(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = folder(
        {
            "greeters/__init__.py": "raise RuntimeError('imported')",
            "greeters/greeting/extension.toml": MANIFEST,
            "greeters-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: greeters\nVersion: 1.0\n",
            "greeters-1.0.dist-info/entry_points.txt": "[scaffold.extensions]\ngreeters = greeters\n",
        }
    )
    monkeypatch.syspath_prepend(str(root))

    catalog = open_catalog()

    assert catalog["greeting"].summary == "Says hello."
    assert "greeting" in [extension.id for extension in catalog]
    assert "greeters" not in sys.modules


def test_nobody_replaces_one_of_our_own_extensions(folder: Folder) -> None:
    root = folder({"wtf/extension.toml": MANIFEST.replace("greeting", "wtf")})

    assert open_catalog([str(root)])["wtf"].title == "Flask-WTF"


# What a project records of them


CATALOGUE = {
    "catalogue/greeting/extension.toml": MANIFEST,
    "catalogue/greeting/slots/readme.md": "## Greeting\n\nHello.\n",
    "catalogue/parting/extension.toml": MANIFEST.replace("reeting", "arting"),
}
PACKAGE = {
    "greeters/__init__.py": "",
    "greeters/greeting/extension.toml": MANIFEST,
    "greeters-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: greeters\nVersion: 1.0\n",
    "greeters-1.0.dist-info/entry_points.txt": "[scaffold.extensions]\ngreeters = greeters\n",
}


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(scaffold, [str(word) for word in arguments])


def new(root: Path, *flags: str | Path, name: str = "greeting") -> str:
    """Make a project with an extension of others, and return its state."""
    done = run("new", "My Shop", "--with", name, *flags, "-y", "--no-git", "-o", root / "out")
    assert done.exit_code == 0, done.output
    return (root / "out/my-shop/.scaffold/state.toml").read_text("utf-8")


@pytest.fixture
def made(folder: Folder) -> Path:
    """A project with an extension of a folder beside it."""
    root = folder(CATALOGUE)
    new(root, "--catalog", root / "catalogue")
    return root / "out/my-shop"


def test_a_project_records_the_way_to_the_catalogue_and_not_where_it_is_on_this_machine(
    folder: Folder,
) -> None:
    root = folder(CATALOGUE)

    text = new(root, "--catalog", root / "catalogue")

    assert tomllib.loads(text)["catalogs"] == {"folders": ["../../catalogue"]}
    assert str(root) not in text


def test_the_same_choices_give_the_same_record_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = []
    for name in ("one", "another"):
        root = tmp_path / name
        shutil.copytree(ACME, root / "catalogue")
        monkeypatch.chdir(root)
        texts.append(new(root, "--catalog", "./catalogue/", name="humanize"))

    assert texts[0] == texts[1]


def test_a_catalogue_that_nothing_was_taken_from_is_not_recorded(folder: Folder) -> None:
    root = folder(CATALOGUE)

    assert "catalog" not in new(root, "--catalog", root / "catalogue", name="redis")


def test_where_no_way_leads_to_a_catalogue_none_is_recorded(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_another_drive(*paths: str) -> str:
        raise ValueError

    monkeypatch.setattr("os.path.relpath", on_another_drive)
    root = folder(CATALOGUE)

    assert "catalog" not in new(root, "--catalog", root / "catalogue")


def test_a_package_is_recorded_by_name_and_version_by_cookiecutters_way_too(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = folder(PACKAGE)
    monkeypatch.syspath_prepend(str(root))

    text = new(root)

    assert tomllib.loads(text)["catalogs"] == {"packages": ["greeters==1.0"]}
    (root / "cookie").mkdir()
    monkeypatch.chdir(root / "cookie")
    extensions = " ".join([*presets()["web"], "greeting"])
    hook.lay({"project_name": "My Shop", "extensions": extensions})
    assert Path(".scaffold/state.toml").read_text("utf-8") == text


@pytest.mark.parametrize(
    "command", [["info", "parting"], ["list"], ["search", "hello"]], ids=" ".join
)
def test_in_its_folder_they_are_found_without_being_named_again(
    made: Path, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(made)

    assert "parting" in run(*command).output


def test_the_doctor_finds_them_from_anywhere(made: Path) -> None:
    done = run("doctor", made, "--no-audit")

    assert "ok  files: all " in done.output
    assert "no extension" not in done.output


def test_without_its_catalogue_a_project_is_not_examined_until_one_is_named(made: Path) -> None:
    elsewhere = made.parents[1] / "elsewhere"
    made.parents[1].joinpath("catalogue").rename(elsewhere)

    refused = run("doctor", made, "--no-audit")

    assert refused.exit_code == 2
    assert "../../catalogue, which is not there" in refused.output
    assert "--catalog DIR" in refused.output
    assert "ok  files" in run("doctor", made, "--no-audit", "--catalog", elsewhere).output


def test_without_its_package_a_project_is_not_examined(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = folder(PACKAGE)
    with monkeypatch.context() as installed:
        installed.syspath_prepend(str(root))
        new(root)

    refused = run("doctor", root / "out/my-shop", "--no-audit")

    assert refused.exit_code == 2
    assert "greeters==1.0, which is not installed" in refused.output


def test_a_project_like_another_takes_its_extensions_from_where_those_came_from(
    made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(made.parent)

    answers = ("--answers", "my-shop/.scaffold/state.toml")
    done = run("new", "Other", *answers, "-y", "--no-git")

    assert done.exit_code == 0, done.output
    assert "--catalog ../catalogue" in done.output
    assert "## Greeting" in (made.parent / "other/README.md").read_text("utf-8")


def test_a_record_that_can_not_be_read_is_told(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder({".scaffold/state.toml": "catalogs = 3\n"}))

    refused = run("info", "redis")

    assert refused.exit_code == 1
    assert "state.toml can't be read" in refused.output
