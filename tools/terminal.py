"""Draw the terminal pictures of the README anew.

    python tools/terminal.py

It runs ``scaffold new`` in a real terminal (tmux, which must be installed), types the answers,
and writes what the screen shows into ``docs/images/``. The scaffold that it runs is the one of
the interpreter it is run with.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
SESSION = f"scaffold-{os.getpid()}"
COLUMNS, ROWS = 100, 42
PATIENCE = 120  # seconds for one answer; installing is the longest
THEME = TerminalTheme(
    background=(24, 26, 31),
    foreground=(215, 218, 224),
    normal=[
        *((70, 75, 85), (224, 108, 117), (126, 192, 105), (222, 178, 98)),
        *((97, 160, 239), (198, 120, 221), (86, 182, 194), (200, 204, 212)),
    ],
    bright=[
        *((128, 136, 150), (239, 130, 138), (150, 213, 130), (240, 200, 120)),
        *((125, 180, 250), (215, 145, 235), (110, 205, 215), (240, 242, 246)),
    ],
)


class Step(NamedTuple):
    """One answer.

    Attributes:
        awaited: What the screen shows before it.
        keys: What is typed, as tmux names keys.
        picture: File to draw the screen into before typing; empty for none.
    """

    awaited: str
    keys: tuple[str, ...]
    picture: str = ""


SCRIPT = (
    Step("$", ("scaffold new", "Enter")),
    Step("What is the application called", ("C-u", "My Shop", "Enter")),
    Step("Blueprints beside", ("orders", "Enter")),
    Step("Extensions", ("login", "Space", *["BSpace"] * 5, "mail", "Space", *["BSpace"] * 4)),
    Step("● login", ("Enter",), "choosing.svg"),
    Step("Where will it run", ("Enter",)),
    Step("Make it?", ("Enter",)),
    Step("The same again", (), "made.svg"),
)


def main() -> None:
    """Play the script in a folder that is thrown away."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        _start(folder)
        try:
            for step in SCRIPT:
                _play(step)
        finally:
            _tmux("kill-session", "-t", SESSION)


def _start(folder: str) -> None:
    path = os.path.dirname(sys.executable) + os.pathsep + os.environ["PATH"]
    shell = ["env", f"PATH={path}", "PS1=$ ", "HISTFILE=", "bash", "--noprofile", "--norc"]
    size = ["-x", str(COLUMNS), "-y", str(ROWS)]
    _tmux("new-session", "-d", "-s", SESSION, *size, "-c", folder, *shell)


def _play(step: Step) -> None:
    _wait_for(step.awaited)
    if step.picture:
        _draw(_screen("-e"), IMAGES / step.picture)
    for key in step.keys:
        _tmux("send-keys", "-t", SESSION, key)
        time.sleep(0.2)


def _wait_for(text: str) -> None:
    """Wait until the screen shows a text, and then until it stands still.

    Raises:
        SystemExit: It never did; the screen is the message.
    """
    deadline = time.monotonic() + PATIENCE
    before = ""
    while time.monotonic() < deadline:
        time.sleep(0.3)
        screen = _screen()
        if text in screen and screen == before:
            return
        before = screen
    raise SystemExit(f"{text!r} never came. The screen:\n{before}")


def _screen(*options: str) -> str:
    return _tmux("capture-pane", "-p", *options, "-t", SESSION).rstrip("\n")


def _draw(ansi: str, path: Path) -> None:
    """Write a screen as SVG, without the fonts from elsewhere that rich would name."""
    console = Console(record=True, width=COLUMNS, file=open(os.devnull, "w"))  # noqa: SIM115
    console.print(Text.from_ansi(ansi + "\n"))  # else the last line loses its underscores
    template = re.sub(r"@font-face \{\{.*?\}\}\n", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    template = template.replace("Fira Code", "ui-monospace, Menlo, Consolas, DejaVu Sans Mono")
    svg = console.export_svg(
        title="scaffold new", theme=THEME, code_format=template, unique_id=path.stem
    )
    path.write_text("\n".join(line.rstrip() for line in svg.splitlines()) + "\n", "utf-8")
    print(path.relative_to(IMAGES.parent.parent))


def _tmux(*arguments: str) -> str:
    return subprocess.run(["tmux", *arguments], check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
