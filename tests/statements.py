"""Whole statements that an owner puts into files, drawn by Hypothesis: where they may stand, by the kind of file.

A statement stands between what is there before a change and after it. Where something beside it goes, and comes back
later, nobody can tell whether it stood before that or behind.
"""

import ast
import json
import re
import tomllib
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any, TypeVar

import yaml
from hypothesis import assume
from hypothesis import strategies as st

from scaffold_cli import imports
from scaffold_cli.tree import File


def kind(path: str) -> str:
    """Return which of the kinds below a file is of; nothing for all others."""
    name = PurePosixPath(path)
    found = "requirements" if re.fullmatch(r"requirements.*\.txt", name.name) else name.suffix[1:]
    return found if found in KINDS else ""


Stays = Collection[str]


def staying(old: File, new: File) -> Stays:
    """Return those lines of a file of which no fragment loses any on its way to another version."""
    one, other = ({*_tagged(file)} for file in (old, new))
    return {line for _, line in one & other} - {line for _, line in one - other}


def _tagged(file: File) -> Iterator[tuple[str, str]]:
    lines = file.content.decode().split("\n")
    return zip(file.tags or [""] * len(lines), lines, strict=True)


def with_statement(draw: st.DrawFn, path: str, text: str, stays: Stays, number: int) -> str:
    """Put one statement of the owner's into a file.

    Args:
        draw: Where it stands.
        path: The file's path.
        text: What stands there.
        stays: The lines that are there after a change, too; see `staying`.
        number: What is unique in the statement.
    """
    return KINDS[kind(path)][0](draw, text, stays, number)


def check(path: str, text: str) -> None:
    """Read a file as what uses it reads it; fail if that can't be done."""
    KINDS[kind(path)][1](text)


T = TypeVar("T")


def _one_of(draw: st.DrawFn, places: Iterable[T]) -> T:
    found = [*places]
    assume(found)
    return draw(st.sampled_from(found), label="place")


def _put_in(draw: st.DrawFn, text: str, stays: Stays, entry: str, statement: list[str]) -> str:
    """Put lines in before another entry of a file, or at its end."""
    lines = text.split("\n")
    entries = [place for place, line in enumerate(lines) if re.match(entry, line)]
    place = _one_of(draw, (p for p in [*entries, len(lines) - 1] if _is_firm(lines, p, stays)))
    lines[place:place] = statement
    return "\n".join(lines)


def _is_firm(lines: list[str], place: int, stays: Stays) -> bool:
    """Tell whether what stands before a line, and what stands there, is no less there after the change."""
    before = next((line for line in reversed(lines[:place]) if line), "")
    after = next((line for line in lines[place:] if line), "")
    return all(not line or "owner" in line or line in stays for line in (before, after))


def _in_python(draw: st.DrawFn, text: str, stays: Stays, number: int) -> str:
    head = imports.head(text.encode())
    if head and draw(st.booleans(), label="import"):
        line = draw(st.sampled_from(IMPORTS), label="statement").format(number=number)
        return head.instead([*head.imports, *imports.parse(line)])
    lines = text.split("\n")
    places = [*{*_statements(lines, ast.parse(text))}, (len(lines) - 1, 0)]
    line, indent = _one_of(draw, sorted(p for p in places if _is_firm(lines, p[0], stays)))
    lines.insert(line, f"{' ' * indent}owner_{number} = {number}  # owner-{number}")
    return "\n".join(lines)


IMPORTS = [
    "import owner_{number}",
    "from flask import owner_{number}",
    "from .models import owner_{number}",
]


def _statements(lines: list[str], module: ast.Module) -> Iterator[tuple[int, int]]:
    """Yield the line of each statement, from 0, and its indentation; those that begin a line, but no imports."""
    for node in ast.walk(module):
        body = getattr(node, "body", [])
        for statement in body if isinstance(body, list) else []:
            decorators = getattr(statement, "decorator_list", [])
            line = min([statement.lineno, *(d.lineno for d in decorators)]) - 1
            is_import = isinstance(statement, ast.Import | ast.ImportFrom)
            if not (is_import or lines[line][: statement.col_offset].strip()):
                yield line, statement.col_offset


def _in_toml(draw: st.DrawFn, text: str, stays: Stays, number: int) -> str:
    table = [f"[tool.owner-{number}]", f"number = {number}", ""]
    return _put_in(draw, text, stays, r"\[", table)


def _in_json(draw: st.DrawFn, text: str, stays: Stays, number: int) -> str:
    data = json.loads(text)
    known = {match[1] for line in stays if (match := re.match(r' *"([^"]*)": ', line))}
    tables = [data, *(value for key, value in data.items() if isinstance(value, dict))]
    table = _one_of(draw, tables)
    items = [*table.items()]
    beside = [range(max(0, n - 1), min(n + 1, len(items))) for n in range(len(items) + 1)]
    firm = ["owner" in key or key in known for key, _ in items]
    place = _one_of(draw, (n for n, near in enumerate(beside) if all(firm[m] for m in near)))
    items.insert(place, (f"owner-{number}", "mine"))
    table.clear()
    table.update(items)
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _in_yaml(draw: st.DrawFn, text: str, stays: Stays, number: int) -> str:
    return _put_in(draw, text, stays, r"[a-z-]+:", [f"x-owner-{number}: {number}", ""])


def _in_requirements(draw: st.DrawFn, text: str, stays: Stays, number: int) -> str:
    return _put_in(draw, text, stays, r"[a-z]", [f"owner-{number}==1.0"])


def _read_python(text: str) -> object:
    return compile(text, "file", "exec", dont_inherit=True)


def _read_requirements(text: str) -> object:
    lines = text.replace("\\\n", "").splitlines()
    pins = [line for line in lines if line and not line.startswith((" ", "#", "-r "))]
    for pin in pins:
        assert re.match(r"[A-Za-z][A-Za-z0-9._-]*(\[[a-z,]+\])?==[\w.]+( |$)", pin), pin
    return pins


Insert = Callable[[st.DrawFn, str, Stays, int], str]
KINDS: dict[str, tuple[Insert, Callable[[str], Any]]] = {
    "py": (_in_python, _read_python),
    "toml": (_in_toml, tomllib.loads),
    "json": (_in_json, json.loads),
    "yaml": (_in_yaml, yaml.safe_load),
    "yml": (_in_yaml, yaml.safe_load),
    "requirements": (_in_requirements, _read_requirements),
}
