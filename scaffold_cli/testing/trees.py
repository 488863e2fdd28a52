"""What holds for every tree that a catalogue renders, whatever was chosen.

Each function takes a tree and yields what is wrong with it, a line each; nothing is installed or run.
"""

import ast
import configparser
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from ..locations import PACKAGE, read
from ..slots import MARKER
from ..tree import Tree

WINDOWS_FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f]|[. ]$|[. ]/')
LONGEST_PATH = 100


def problems(tree: Tree, folders: Iterable[str] = ()) -> Iterator[str]:
    """Yield all that is wrong with a rendered tree.

    Args:
        tree: The tree.
        folders: Catalogues beside our own, whose packages may be imported too.
    """
    for path, file in tree.items():
        if b"\0" not in file.content:
            for check in (leftovers, line_ends, parsing):
                yield from (f"{path}: {problem}" for problem in check(path, file.content))
    yield from paths(tree)
    yield from imports(tree, (PACKAGE, *folders))


@cache
def leftovers(path: str, content: bytes) -> tuple[str, ...]:
    """Return the markers and template names that are left in a text."""
    found = [match[0].strip() for match in MARKER.finditer(content.decode())]
    if "cookiecutter" in path or b"cookiecutter" in content:
        found.append("cookiecutter")
    return tuple(f"left over: {text}" for text in found)


@cache
def line_ends(path: str, content: bytes) -> tuple[str, ...]:
    """Return what is wrong with a text's lines."""
    wrong = {
        "a carriage return": b"\r" in content,
        "no line end at its end": bool(content) and not content.endswith(b"\n"),
        "an empty line at its end": content.endswith(b"\n\n"),
        "an empty line at its beginning": content.startswith(b"\n"),
        "spaces at the end of a line": bool(re.search(rb"[ \t]$", content, re.MULTILINE)),
    }
    return tuple(problem for problem, is_so in wrong.items() if is_so)


@cache
def parsing(path: str, content: bytes) -> tuple[str, ...]:
    """Return why a text is not what its name says."""
    parse = _PARSERS.get(PurePosixPath(path).suffix)
    try:
        if parse:
            parse(content.decode())
    except (ValueError, SyntaxError, configparser.Error) as error:
        return (f"does not parse: {error}",)
    return ()


def _yaml(text: str) -> None:
    import yaml

    try:
        list(yaml.safe_load_all(text))
    except yaml.YAMLError as error:
        raise ValueError(error) from error


_PARSERS: Mapping[str, Callable[[str], object]] = {
    ".py": ast.parse,
    ".toml": tomllib.loads,
    ".json": json.loads,
    ".yaml": _yaml,
    ".yml": _yaml,
}


def paths(tree: Tree) -> Iterator[str]:
    """Yield what makes a path useless on one of the systems."""
    for path in tree:
        if WINDOWS_FORBIDDEN.search(path):
            yield f"{path}: is no path on Windows"
        if len(path) >= LONGEST_PATH:
            yield f"{path}: is too long"
    if len({path.casefold() for path in tree}) < len(tree):
        yield "two paths differ in case only"


def imports(tree: Tree, folders: tuple[str, ...] = (PACKAGE,)) -> Iterator[str]:
    """Yield the imports that neither the project nor its requirements bring."""
    run = modules_of(tree["requirements.txt"].content, folders)
    develop = run | modules_of(tree["requirements-dev.txt"].content, folders)
    own = {path.partition("/")[0] for path in tree if path.endswith("/__init__.py")}
    for path, file in tree.items():
        if path.endswith(".py"):
            brought = develop if "/tests/" in path or path.startswith("tests/") else run
            for name in _imported(file.content):
                if name not in brought | own | {"manage"}:
                    yield f"{path}: imports {name}, which no requirement brings"


@cache
def _imported(content: bytes) -> frozenset[str]:
    """Return the top-level modules that a file imports, without those of Python itself."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(content)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found.add(node.module.partition(".")[0])
    return frozenset(found - sys.stdlib_module_names - TYPING_ONLY)


TYPING_ONLY = frozenset(["_typeshed"])


@cache
def modules_of(requirements: bytes, folders: tuple[str, ...] = (PACKAGE,)) -> frozenset[str]:
    """Return the modules that the packages of a requirements file install.

    Args:
        requirements: Its content.
        folders: Where files ``modules.txt`` are.
    """
    names = re.findall(r"^([a-z0-9.-]+)==", requirements.decode(), re.MULTILINE)
    return frozenset().union(*(_installed(folders).get(name, frozenset()) for name in names))


@cache
def _installed(folders: tuple[str, ...]) -> Mapping[str, frozenset[str]]:
    """Return the modules of each package of the tested set."""
    found: dict[str, set[str]] = {}
    for path in (os.path.join(folder, "modules.txt") for folder in folders):
        for line in read(path).splitlines()[1:] if os.path.isfile(path) else ():
            module, *packages = line.split()
            for package in packages:
                found.setdefault(package, set()).add(module)
    return {package: frozenset(modules) for package, modules in found.items()}


def formatting(trees: Iterable[Tree]) -> str:
    """Return what ruff says of all Python of several trees, each by its own configuration.

    Args:
        trees: The trees; a file that many have is looked at once.

    Returns:
        ruff's words; empty if all is clean.
    """
    with TemporaryDirectory() as folder:
        _write(trees, Path(folder))
        commands = (["check", "--no-cache"], ["format", "--check", "--no-cache"])
        return "".join(_ruff(*command, folder) for command in commands)


def _write(trees: Iterable[Tree], folder: Path) -> None:
    seen: set[tuple[str, bytes]] = set()
    for number, tree in enumerate(trees):
        for path, file in tree.items():
            if (
                path.endswith(".py") and (path, file.content) not in seen
            ) or path == "pyproject.toml":
                seen.add((path, file.content))
                target = folder / str(number) / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(file.content)


def _ruff(*arguments: str) -> str:
    command = [sys.executable, "-m", "ruff", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""
