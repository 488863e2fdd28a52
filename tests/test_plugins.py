"""Catalogues of others: found, checked, and none of their code run."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import Folder

from scaffold_cli.cli import scaffold
from scaffold_cli.errors import CatalogError, ManifestError
from scaffold_cli.plugins import open_catalog

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
