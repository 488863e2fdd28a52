"""Findings on the screen: a word, what was found, and how to mend it."""

import click

from ..doctor import Finding
from .output import wrapped

COLOURS = {"ok": "green", "warn": "yellow", "fail": "red", "skip": "bright_black"}


def show(finding: Finding) -> None:
    """Print a finding, and below it how to mend it."""
    word = click.style(f"{finding.status:>6}", fg=COLOURS[finding.status])
    first, *more = wrapped(" " * 8, f"{finding.check}: {finding.message}")
    click.echo("\n".join([f"{word}  {first[8:]}", *more]))
    if finding.mend:
        for line in wrapped(" " * 8 + "-> ", finding.mend):
            click.secho(line, dim=True)
