"""What every application answers."""

from collections.abc import Mapping
from pathlib import Path

HELLO = "Hello, world!"
TEMPLATES = Path(__file__).resolve().parent / "templates"
VALUES = {"title": "Talk", "name": "world", "items": ["Flask", "Bottle"]}
RENDERED = TEMPLATES / "rendered.html"  # what page.html comes to: the talk's 191 bytes
# What requests to /environ send, so that the answer has the talk's 2,900 bytes or so.
FILLERS = {f"X-Filler-{number:02}": "x" * 20 for number in range(60)}


def lines(environ: Mapping[str, object]) -> str:
    """Return an environment as the talk's ``/environ`` shows it."""
    return "\n".join(f"{key}: {value}" for key, value in environ.items() if type(value) is str)
