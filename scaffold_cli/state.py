"""What a project knows of its own making: ``.scaffold/state.toml`` and ``.scaffold/base/``.

The state is text, one fact a line, so that two branches merge. The base is a plain mirror of what was generated
last: the merge base of every later change, there offline and whatever version of scaffold is installed.
"""

from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from typing import Any

from . import __version__
from .answers import Answers
from .catalog import Sources
from .tree import File, Tree

FOLDER = ".scaffold"
STATE = f"{FOLDER}/state.toml"
BASE = f"{FOLDER}/base"
FORMAT = 1
NOWHERE = Sources()  # all extensions are our own


def record(answers: Answers, tree: Tree, sources: Sources = NOWHERE) -> dict[str, bytes]:
    """Return the files that record a project's making.

    Args:
        answers: What it was asked for.
        tree: What was generated.
        sources: Where the extensions of others come from that are in it.

    Returns:
        Path to content, all of them in ``.scaffold/``.
    """
    mirror = {f"{BASE}/{path}": file.content for path, file in tree.items()}
    return {STATE: _text(answers, tree, sources).encode(), **mirror}


def digest(tree: Tree) -> str:
    """Return a fingerprint of a whole tree: paths, modes and contents."""
    whole = sha256()
    for path, file in sorted(tree.items()):
        whole.update(f"{path}\0{int(file.executable)}\0{len(file.content)}\0".encode())
        whole.update(file.content)
    return whole.hexdigest()


def sources(data: Mapping[str, Any]) -> Sources:
    """Return where the extensions of others come from, as a state records it.

    Args:
        data: The state, as TOML gives it.
    """
    found = data.get("catalogs", {})
    return Sources(tuple(found.get("folders", ())), tuple(found.get("packages", ())))


def _text(answers: Answers, tree: Tree, sources: Sources) -> str:
    lines = [
        "# What scaffold made here and from which answers. Commit it; scaffold keeps it current.",
        f"format = {FORMAT}",
        *_table("template", {"version": __version__, "digest": digest(tree)}),
        *_table("answers", answers.names()),
        *_list("blueprints", answers.blueprints),
        *_list("extensions", answers.extensions),
        *_table("answers.options", dict(answers.options)),
        *_catalogs(sources),
        "",
        "[files]",
        *(_file(path, file) for path, file in sorted(tree.items())),
    ]
    return "\n".join(lines) + "\n"


def _table(name: str, facts: Mapping[str, str]) -> Iterator[str]:
    yield from ("", f"[{name}]")
    for key, value in facts.items():
        yield f"{_quoted(key) if '.' in key else key} = {_quoted(value)}"


def _catalogs(sources: Sources) -> Iterator[str]:
    lists = {name: items for name, items in sources._asdict().items() if items}
    if lists:
        yield from _table("catalogs", {})
    for name, items in lists.items():
        yield from _list(name, items)


def _list(name: str, items: Iterable[str]) -> Iterator[str]:
    yield f"{name} = ["
    yield from (f"    {_quoted(item)}," for item in items)
    yield "]"


def _file(path: str, file: File) -> str:
    checksum = sha256(file.content).hexdigest()
    return (
        f"{_quoted(path)} = "
        f'{{ owner = {_quoted(file.owner)}, policy = "{file.policy}", sha256 = "{checksum}" }}'
    )


def _quoted(text: str) -> str:
    """Write a TOML string; answers and paths are checked to hold no control characters."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
