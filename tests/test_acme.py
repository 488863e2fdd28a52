"""An extension of somebody else's, in a package of its own that is installed beside scaffold."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from projects import run, uv

from scaffold_cli.testing import ConformanceCheck, checks, try_out

ACME = Path(__file__).parent / "acme"
EXTENSIONS = ACME / "acme_extensions"


@pytest.mark.parametrize("check", checks(EXTENSIONS), ids=str)
def test_its_extensions_keep_the_contract(check: ConformanceCheck) -> None:
    check()


@pytest.mark.real
def test_a_project_with_it_works() -> None:
    try_out("humanize wtf", EXTENSIONS)


@pytest.mark.real
def test_it_is_found_once_its_package_is_installed(tmp_path: Path) -> None:
    python = tmp_path / "venv/bin/python"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", tmp_path / "venv"], check=True)
    for package in (ACME.parents[1], ACME):
        done = run(uv(), "pip", "install", "--python", python, package, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
    scaffold = tmp_path / "venv/bin/scaffold"

    info = run(scaffold, "info", "humanize", "--json", cwd=tmp_path)
    made = run(scaffold, "new", "Shop", "--with", "humanize", "-y", "--no-git", cwd=tmp_path)

    assert json.loads(info.stdout)["title"] == "humanize"
    assert made.returncode == 0, made.stdout + made.stderr
    assert "\nhumanize==" in (tmp_path / "shop/requirements.txt").read_text()


class TestBrokenExtensions:
    """Each breaks one thing, and the kit names it."""

    MANIFEST = (
        'id = "x"\ntitle = "X"\ngroup = "fun"\nsummary = "X."\ndocs = "https://example.org"\n'
    )

    @pytest.mark.parametrize(
        ("files", "check", "told"),
        [
            ({"x/extension.toml": MANIFEST + "colour = 1"}, "keeps the schema", "colour"),
            (
                {"x/extension.toml": MANIFEST + 'requires = ["nowhere"]'},
                "names what exists",
                "nowhere",
            ),
            (
                {"x/extension.toml": MANIFEST, "x/with/nothing/slots/readme.md": "x\n"},
                "names what exists",
                "with/nothing: there is no 'nothing'",
            ),
            (
                {"x/extension.toml": MANIFEST, "x/slots/cellar.py": "x\n"},
                "fills slots that exist",
                "slots/cellar.py",
            ),
            ({"x/extension.toml": MANIFEST}, "tells its owner", "slots/readme.md"),
            (
                {
                    "x/extension.toml": MANIFEST,
                    "x/files/{{cookiecutter.package}}/x.py": "import numpy\n",
                },
                "stands alone",
                "imports numpy, which no requirement brings",
            ),
            (
                {
                    "x/extension.toml": MANIFEST,
                    "x/files/{{cookiecutter.package}}/mail.py": "",
                },
                "stands beside any other",
                "both bring my_shop/mail.py",
            ),
            (
                {"x/extension.toml": MANIFEST, "x/files/{{cookiecutter.package}}/x.py": "x=1\n"},
                "is clean",
                "would be reformatted",
            ),
        ],
        ids=[
            *("unknown key", "unknown extension", "unknown bridge", "unknown slot"),
            *("no paragraph", "undeclared import", "another's path", "not formatted"),
        ],
    )
    def test_the_kit_names_what_is_wrong(
        self, tmp_path: Path, files: dict[str, str], check: str, told: str
    ) -> None:
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text)
        (the,) = [one for one in checks(tmp_path) if str(one) == f"x {check}"]

        with pytest.raises(AssertionError, match=told):
            the()

    def test_byte_code_beside_fragments_is_no_fragment(self, tmp_path: Path) -> None:
        (tmp_path / "x/slots/__pycache__").mkdir(parents=True)
        (tmp_path / "x/extension.toml").write_text(self.MANIFEST)
        (the,) = [one for one in checks(tmp_path) if str(one) == "x fills slots that exist"]

        the()
