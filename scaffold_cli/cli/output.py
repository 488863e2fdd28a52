"""What all commands print alike: status lines, plans, diffs."""

import shutil
import sys
from collections.abc import Iterable, Iterator
from itertools import takewhile, zip_longest

import click

from ..plan import Plan, Step

COLOURS = {
    "create": "green",
    "update": "yellow",
    "merge": "yellow",
    "remove": "red",
    "conflict": "red",
    "install": "green",
    "prepare": "green",
    "commit": "green",
    "with": "cyan",
}


def status(word: str, what: str, more: str = "") -> None:
    """Print one status line: a word in a fixed column, what it is about, and more about it."""
    dim = click.style(f"  {more}", dim=True) if more else ""
    click.echo(f"{click.style(f'{word:>8}', fg=COLOURS.get(word))}  {what}{dim}")


def width() -> int:
    """Return how many columns a line may have: the terminal's, but no wider than one reads."""
    columns = shutil.get_terminal_size().columns if sys.stdout.isatty() else 80
    return min(max(columns, 40), 100)


def wrapped(label: str, text: str) -> Iterator[str]:
    """Yield a label and a text beside it, broken into lines that hang below its first."""
    from textwrap import wrap

    indent = " " * len(label)
    lines = wrap(text, width() - len(indent), break_long_words=False, break_on_hyphens=False)
    yield (label + (lines[0] if lines else "")).rstrip()
    yield from (indent + line for line in lines[1:])


def show_plan(plan: Plan) -> None:
    """Print a plan as a tree: a line for each file, below those of its folders."""
    rows = [*_rows(plan.steps)]
    column = max((len(name) for _, name, more in rows if more), default=0)
    for word, name, more in rows:
        status(word, name.ljust(column) if more else name, more)


def _rows(steps: Iterable[Step]) -> Iterator[tuple[str, str, str]]:
    """Yield the status, the indented name, and the owner or the reason of each line."""
    above: list[str] = []
    for step in steps:
        *folders, name = step.path.split("/")
        pairs = zip_longest(above, folders)
        known = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        for depth in range(known, len(folders)):
            yield "", f"{'  ' * depth}{folders[depth]}/", ""
        above = folders
        yield step.status, "  " * len(folders) + name, step.reason or step.owner


def show_diff(plan: Plan) -> None:
    """Print a plan as a unified diff."""
    for step in plan.steps:
        for line in _diff(step):
            colour = {"+": "green", "-": "red", "@": "cyan"}.get(line[:1])
            click.echo(click.style(line, fg=colour))


def _diff(step: Step) -> list[str]:
    from difflib import unified_diff

    before, after = (_lines(content) for content in (step.before, step.after))
    old = "/dev/null" if step.before is None else f"a/{step.path}"
    new = "/dev/null" if step.after is None else f"b/{step.path}"
    return list(unified_diff(before, after, old, new, lineterm=""))


def _lines(content: bytes | None) -> list[str]:
    return (content or b"").decode("utf-8", "replace").splitlines()
