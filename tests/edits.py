"""Any edits of whole entries, drawn by Hypothesis; and where what was put in stands, as somebody else reads it.

An entry is a line and what is indented below it: a statement, a function, a key, an item, a package.
"""

import ast
import json
import tomllib
from collections.abc import Iterator
from typing import Any

import yaml
from hypothesis import strategies as st
from statements import kind

from scaffold_cli.readers import reads

Place = tuple[str, ...]
OWN = {
    "py": "owner_{} = 1",
    "toml": "owner_{} = 1",
    "json": '"owner_{}": 1,',
    "yaml": "owner_{}: 1",
    "yml": "owner_{}: 1",
    "requirements": "owner_{}==1.0",
}


def edited(draw: st.DrawFn, path: str, text: str) -> str:
    """Put entries into a file, take some away, replace and move some; it can be read as before."""
    for number in range(draw(st.integers(1, 4), label=path)):
        lines = text.split("\n")
        start, end, margin = draw(st.sampled_from(_entries(lines)), label="entry")
        own = [margin + OWN[kind(path)].format(number)]
        deed = draw(st.sampled_from(["above", "below", "delete", "replace", "move"]), label="deed")
        if deed == "above":
            lines[start:start] = own
        elif deed == "below":
            lines[end:end] = own
        else:
            moved = lines[start:end]
            lines[start:end] = own if deed == "replace" else []
        if deed == "move" and (places := [e for e in _entries(lines) if e[2] == margin]):
            place = draw(st.sampled_from(places), label="to")[0]
            lines[place:place] = moved
        new = "\n".join(lines)
        text = new if reads(path, new.encode()) else text
    return text


def _entries(lines: list[str]) -> list[tuple[int, int, str]]:
    """Return where each entry begins and ends, and its margin."""
    found = [(0, 0, "")]
    for start, line in enumerate(lines):
        if not line.strip():
            continue
        size = _indentation(line)
        end = start + 1
        while end < len(lines) and (_indentation(lines[end]) > size or not lines[end].strip()):
            end += 1
        while not lines[end - 1].strip():
            end -= 1
        if line.endswith(("[", "{", "(")):
            end += 1
        found.append((start, end, line[:size]))
    return found


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip())


def names(path: str, text: str) -> list[Place]:
    """Return what has a name in a file, with the names of what it stands in."""
    if kind(path) == "py":
        return [*_in_module(ast.parse(text))]
    if kind(path) == "requirements":
        return [(line.partition("=")[0],) for line in text.split("\n") if "==" in line]
    read = {"toml": tomllib.loads, "json": json.loads}.get(kind(path), _read_yaml)
    return [*_in_data(read(text))]


def _read_yaml(text: str) -> Any:
    return yaml.load(text, yaml.BaseLoader)  # which takes no keys from one mapping to another


def _in_module(node: ast.AST, above: Place = ()) -> Iterator[Place]:
    for child in ast.iter_child_nodes(node):
        match child:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield (*above, name)
                yield from _in_module(child, (*above, name))
            case ast.Name(id=name, ctx=ast.Store()):
                yield (*above, name)
            case ast.AST():
                yield from _in_module(child, above)


def _in_data(data: Any, above: Place = ()) -> Iterator[Place]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield (*above, key)
            if key != "<<":
                yield from _in_data(value, (*above, key))
    elif isinstance(data, list):
        for item in data:
            yield from _in_data(item, (*above, "[]"))
