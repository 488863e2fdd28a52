"""Import blocks: several sets of import statements made one, sorted as ruff's isort sorts them."""

import ast
import sys
import warnings
from collections.abc import Iterable, Sequence
from typing import NamedTuple

LINE_LENGTH = 88


class Import(NamedTuple):
    """One imported thing: ``from {dots}{module} import {name} as {alias}``.

    ``name`` is empty for ``import {module} as {alias}``.
    """

    dots: int
    module: str
    name: str
    alias: str


class Head(NamedTuple):
    """The imports at the head of a module.

    Attributes:
        text: The module's text.
        start, end: From which line of it they stand up to which, counted from 0.
        imports: What is imported there.
    """

    text: str
    start: int
    end: int
    imports: frozenset[Import]

    def instead(self, imports: Iterable[Import]) -> str:
        """Return the module with other imports in their place."""
        lines = self.text.split("\n")
        lines[self.start : self.end] = block(imports).split("\n")
        return "\n".join(lines)


def head(content: bytes) -> Head | None:
    """Find the imports at the head of a module; None if there are none, or not sorted, or others further below."""
    try:
        text = content.decode().replace("\r\n", "\n")
        with warnings.catch_warnings(action="ignore"):
            start, end = _all_imports(ast.parse(text).body)
        lines = "\n".join(text.split("\n")[start:end])
        found = parse(lines)
    except (SyntaxError, ValueError):
        return None
    return Head(text, start, end, frozenset(found)) if block(found) == lines else None


def _all_imports(body: Sequence[ast.stmt]) -> tuple[int, int]:
    """Return the lines (from, up to) of the imports of a module."""
    places = [n for n, node in enumerate(body) if isinstance(node, ast.Import | ast.ImportFrom)]
    if not places or places != [*range(places[0], places[-1] + 1)]:
        raise ValueError("no imports, or several blocks of them")
    first, last = body[places[0]], body[places[-1]]
    return first.lineno - 1, last.end_lineno or last.lineno


def parse(text: str) -> list[Import]:
    """Read import statements.

    Raises:
        ValueError: The text holds anything else.
    """
    found: list[Import] = []
    for node in ast.parse(text).body:
        match node:
            case ast.Import(names=names):
                found += [Import(0, a.name, "", a.asname or "") for a in names]
            case ast.ImportFrom(module=module, names=names, level=level):
                found += [Import(level, module or "", a.name, a.asname or "") for a in names]
            case _:
                raise ValueError(f"not an import statement: {ast.unparse(node)}")
    return found


def block(imports: Iterable[Import]) -> str:
    """Write imports as one block: sections, statements and names each in isort's order."""
    sections: dict[int, list[Import]] = {}
    for item in sorted(set(imports), key=_order):
        sections.setdefault(_section(item), []).append(item)
    return "\n\n".join("\n".join(_statements(items)) for _, items in sorted(sections.items()))


def merge_into(source: str, line: int, fragments: Iterable[str]) -> str:
    """Merge import statements into the block that stands around a line of a module.

    Args:
        source: The module's text; the line is a comment between, before or after its imports.
        line: The line's number, from 0; it is taken away.
        fragments: Import statements to add.

    Returns:
        The module's text with one sorted block in that place.
    """
    lines = source.split("\n")
    start, end = _span(source, line)
    imports = parse("\n".join([*lines[start:end], *fragments]))
    new = block(imports)
    if new:
        return "\n".join([*lines[:start], *new.split("\n"), *lines[end:]])
    while start and not lines[start - 1].strip():
        start -= 1
    return "\n".join([*lines[:start], *lines[end:]])


def _span(source: str, line: int) -> tuple[int, int]:
    """Return the lines (from, up to) of the run of imports that holds or touches the given line."""
    start, end = line, line + 1
    statements = [(n.lineno - 1, n.end_lineno or n.lineno, n) for n in ast.parse(source).body]
    for first, last, node in reversed(statements):
        if last <= line:
            if not isinstance(node, ast.Import | ast.ImportFrom):
                break
            start = first
    for first, last, node in statements:
        if first > line:
            if not isinstance(node, ast.Import | ast.ImportFrom):
                break
            end = last
    return start, end


def _section(item: Import) -> int:
    if item.module == "__future__":
        return 0
    if item.dots:
        return 3
    return 1 if item.module.partition(".")[0] in sys.stdlib_module_names else 2


def _order(item: Import) -> tuple[object, ...]:
    """Plain imports first; relative ones from the furthest; names: CONSTANTS, Classes, functions."""
    kind = 0 if item.name.isupper() and len(item.name) > 1 else 1 if item.name[:1].isupper() else 2
    return (
        bool(item.name),
        -item.dots,
        item.module.casefold(),
        item.module,
        kind,
        item.name.casefold(),
        item.name,
        item.alias,
    )


def _statements(items: Iterable[Import]) -> list[str]:
    """Write sorted imports of one section; names of one module share a statement."""
    lines: list[str] = []
    groups: dict[tuple[int, str], list[str]] = {}
    for item in items:
        renamed = f" as {item.alias}" if item.alias else ""
        source = "." * item.dots + item.module
        if not item.name:
            lines.append(f"import {source}{renamed}")
        elif renamed:
            lines.append(f"from {source} import {item.name}{renamed}")
        else:
            key = (item.dots, item.module)
            if key not in groups:
                groups[key] = []
                lines.append("")  # its place; filled in below
            groups[key].append(item.name)
    statements = iter(_from(dots, module, names) for (dots, module), names in groups.items())
    return [line or next(statements) for line in lines]


def _from(dots: int, module: str, names: list[str]) -> str:
    start = f"from {'.' * dots}{module} import "
    line = start + ", ".join(names)
    if len(line) <= LINE_LENGTH:
        return line
    return start + "(\n" + "".join(f"    {name},\n" for name in names) + ")"
