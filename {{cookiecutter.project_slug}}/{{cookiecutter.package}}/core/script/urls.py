"""The command that shows the routes."""

from collections.abc import Sequence
from typing import Any

import click
from flask import current_app
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import MapAdapter, RequestRedirect, Rule

from .commands import Command
from .options import Option

Row = tuple[str, ...]


class ShowUrls(Command):
    """Show the routes of the application, or where one URL leads.

    :param order: the property of a rule by which they are sorted.
    """

    help = "Show the routes, or where one URL leads."
    description = help

    def __init__(self, order: str = "rule") -> None:
        super().__init__()
        self.order = order

    def get_options(self) -> Sequence[Option]:
        """Return the URL, and the order."""
        return [
            Option("url", nargs="?", help="URL to test, such as /static/style.css"),
            Option(
                "--order",
                default=self.order,
                choices=sorted({"rule", "endpoint", "methods", self.order}),
                help="Property to sort by. [default: %(default)s]",
            ),
        ]

    def run(self, url: str | None = None, order: str = "rule") -> None:
        """Print a table."""
        if url:
            show(self._match(url))
            return
        rules = sorted(current_app.url_map.iter_rules(), key=lambda r: _key(r, order))
        rows = [(rule.rule, rule.endpoint, _methods(rule)) for rule in rules]
        show([("Rule", "Endpoint", "Methods"), *rows])

    def _match(self, url: str) -> list[Row]:
        """Return what a URL leads to, asked for with a method that it allows."""
        adapter = current_app.url_map.bind("localhost")
        try:
            rule, arguments = _match(adapter, url)
        except RequestRedirect as redirect:
            return [("Rule",), (f"<{redirect.code} to {redirect.new_url}>",)]
        except HTTPException as error:
            return [("Rule",), (f"<{error.code} {error.name}>",)]
        return [
            ("Rule", "Endpoint", "Arguments"),
            (rule.rule, rule.endpoint, str(dict(arguments))),
        ]


def show(rows: Sequence[Row]) -> None:
    """Print rows below each other, a line after the first."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    line = "-" * (sum(widths) + 2 * (len(widths) - 1))
    for row in (rows[0], (line,), *rows[1:]):
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        click.echo("  ".join(cells).rstrip())


def _match(adapter: MapAdapter, url: str) -> tuple[Rule, Any]:
    try:
        return adapter.match(url, return_rule=True)
    except MethodNotAllowed as error:
        allowed = next(iter(error.valid_methods or ["GET"]))
        return adapter.match(url, allowed, return_rule=True)


def _key(rule: Rule, order: str) -> Any:
    return _methods(rule) if order == "methods" else getattr(rule, order)


def _methods(rule: Rule) -> str:
    """Return the methods that are worth to be shown."""
    return ", ".join(sorted((rule.methods or set()) - {"HEAD", "OPTIONS"}))
