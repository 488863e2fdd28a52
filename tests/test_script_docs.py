"""What docs/from-flask-script.md shows, run."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
import script
from projects import clean_environment

PAGE = (Path(__file__).parent.parent / "docs/from-flask-script.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
[MANAGE] = [text for kind, text in BLOCKS if kind == "python" and "manager.run()" in text]
[SESSION] = [text for kind, text in BLOCKS if not kind]
COMMANDS = re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", SESSION, re.MULTILINE)


@pytest.mark.parametrize(("command", "shown"), COMMANDS, ids=[command for command, _ in COMMANDS])
def test_the_page_shows_what_happens(tmp_path: Path, command: str, shown: str) -> None:
    (tmp_path / "manage.py").write_text(MANAGE.replace("my_shop.core.script", "script"))

    done = subprocess.run(
        command.replace("python", sys.executable),
        shell=True,
        cwd=tmp_path,
        env=clean_environment(**script.ENVIRONMENT, FLASK_DEBUG="0", COLUMNS="80"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
    )

    assert done.stdout == shown
