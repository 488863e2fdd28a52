"""Byte code is compiled beside the first command, for the package where it matters."""

import sys
import time
from pathlib import Path

import pytest
from conftest import Folder

from scaffold_cli import bytecode
from scaffold_cli.bytecode import compiled_beside

SITE = {
    "requirements.txt": "big-one==1.0 \\\n    --hash=sha256:0\nsmall==2.0 ; x \\\n    --hash=sha256:1\n",
    "site/big_one/module.py": "x = 1\n",
    "site/big_one-1.0.dist-info/RECORD": "a,b,c\n" * 10,
    "site/small/module.py": "x = 1\n",
    "site/small-2.0.dist-info/RECORD": "a,b,c\n",
    "site/huge_tool/module.py": "x = 1\n",
    "site/huge_tool-3.0.dist-info/RECORD": "a,b,c\n" * 100,
}


def compiled(root: Path, until: str) -> set[str]:
    """Compile beside a block that lasts until a package has byte code."""
    with compiled_beside(sys.executable, str(root / "site"), str(root / "requirements.txt")):
        for _ in range(2000):
            if list(root.glob(f"site/{until}/__pycache__/*.pyc")):
                break
            time.sleep(0.01)
    return {path.parts[-3] for path in root.glob("site/*/__pycache__/*.pyc")}


def test_only_the_largest_package_that_the_application_runs_on_is_compiled(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bytecode.os, "cpu_count", lambda: 2)
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)

    assert compiled(folder(SITE), until="big_one") == {"big_one"}


def test_on_one_core_nothing_is_compiled_beside(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bytecode.os, "cpu_count", lambda: 1)
    monkeypatch.setattr(bytecode.subprocess, "Popen", None)

    root = folder(SITE)
    with compiled_beside(sys.executable, str(root / "site"), str(root / "requirements.txt")):
        pass


def test_an_environment_without_packages_is_left_alone(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bytecode.subprocess, "Popen", None)

    root = folder({"requirements.txt": "", "site/x": ""})
    with compiled_beside(sys.executable, str(root / "site"), str(root / "requirements.txt")):
        pass
