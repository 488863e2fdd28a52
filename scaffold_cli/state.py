"""What a project knows of its own making: ``.scaffold/state.toml`` and ``.scaffold/base/``.

The state is text, one fact a line, so that two branches merge. The base is a plain mirror of what was generated
last: the merge base of every later change, there offline and whatever version of scaffold is installed.
"""

import os
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from hashlib import sha256
from types import MappingProxyType
from typing import Any, NamedTuple, get_args

from . import __version__
from .answers import Answers, complete, given_in
from .branches import without_doubles
from .catalog import Sources
from .errors import StateError
from .tree import File, Policy, Tree, is_allowed

FOLDER = ".scaffold"
STATE = f"{FOLDER}/state.toml"
BASE = f"{FOLDER}/base"
IGNORE = f"{FOLDER}/.gitignore"
FORMAT = 1
NOWHERE = Sources()  # all extensions are our own

Contents = Callable[[str], bytes | None]
"""What stands at a path of a project; None where there is nothing."""


class Record(NamedTuple):
    """What a project knows of its making.

    Attributes:
        answers: What it was asked for.
        version: Of the scaffold that made it so.
        tree: What was generated last.
        files: The record itself: path to content, all of them in ``.scaffold/``.
    """

    answers: Answers
    version: str
    tree: Tree
    files: Mapping[str, bytes]


def read(root: str, instead: Mapping[str, bytes | None] = MappingProxyType({})) -> Record:
    """Read a project's record.

    Args:
        root: The project's folder.
        instead: What to take some paths for, whatever stands there.

    Raises:
        StateError: There is none, or it is broken.
    """

    def content(path: str) -> bytes | None:
        return instead[path] if path in instead else _content(root, path)

    text = _state(root, content(STATE))
    return _record(content, text, text.decode("utf-8", "replace"), _read_file)


def read_joined(root: str) -> Record:
    """Read the record of a project in which git has merged two branches.

    Raises:
        StateError: There is none, or it is broken.
        ConflictError: The branches answer a question differently.
    """
    text = _state(root, _content(root, STATE))
    once = without_doubles(text.decode("utf-8", "replace").replace("\r\n", "\n"))
    return _record(partial(_content, root), text, once, _read_merged)


def is_torn(root: str) -> bool:
    """Tell whether a project's record is as git has merged it from two branches.

    Raises:
        StateError: There is none.
    """
    try:
        data = parsed(_state(root, _content(root, STATE)).decode("utf-8", "replace"))
    except tomllib.TOMLDecodeError:
        return True
    content = partial(_content, root)
    try:
        return any(
            sha256(_read_merged(content, path, facts).content).hexdigest() != facts["sha256"]
            for path, facts in data["files"].items()
        )
    except (KeyError, TypeError, AttributeError, ValueError):
        return False


@cache
def parsed(text: str) -> Mapping[str, Any]:
    """Return a state as TOML gives it; each text is parsed once, as that of a large project takes its time.

    Raises:
        TOMLDecodeError: It is no TOML.
    """
    return tomllib.loads(text)


def _state(root: str, text: bytes | None) -> bytes:
    if text is None:
        raise StateError(
            f"{os.path.abspath(root)} is no project of scaffold's: {STATE} is missing.",
            "Go into one, or make one: scaffold new",
        )
    return text


def _record(
    content: Contents,
    text: bytes,
    facts: str,
    reader: Callable[[Contents, str, Mapping[str, Any]], File],
) -> Record:
    content = cache(content)
    try:
        data = parsed(facts)
        tree = {path: reader(content, path, facts) for path, facts in data["files"].items()}
        answers, version = complete(given_in(data["answers"])), str(data["template"]["version"])
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError) as error:
        raise StateError(
            f"{STATE} is no record of a project: {error}.",
            "After a merge of branches: scaffold continue. Else take it back from your repository.",
        ) from error
    mirror = {
        f"{BASE}/{path}": file.content
        for path, file in tree.items()
        if content(f"{BASE}/{path}") is not None
    }
    ignored = content(IGNORE)
    own = {STATE: text} if ignored is None else {STATE: text, IGNORE: ignored}
    return Record(answers, version, tree, {**own, **mirror})


def _read_file(read: Contents, path: str, facts: Mapping[str, Any]) -> File:
    """Return a file as it was generated last; what stands in the project, if that is still the same."""
    if not is_allowed(path):
        raise ValueError(f"it names {path!r}, which no project has")
    for kept in (f"{BASE}/{path}", path):
        content = read(kept)
        if content is not None:
            plain = content.replace(b"\r\n", b"\n")  # as git may have checked it out
            for text in (content, plain):
                if sha256(text).hexdigest() == facts["sha256"]:
                    return _made(text, facts)
    return _made(b"", facts)


def _read_merged(read: Contents, path: str, facts: Mapping[str, Any]) -> File:
    """Return a file of the mirror as git has merged it."""
    if not is_allowed(path):
        raise ValueError(f"it names {path!r}, which no project has")
    content = read(f"{BASE}/{path}") or b""
    return _made(content.replace(b"\r\n", b"\n"), facts)


def _made(content: bytes, facts: Mapping[str, Any]) -> File:
    if facts["policy"] not in get_args(Policy):
        raise ValueError(f"{facts['policy']!r} is no policy")
    return File(content, str(facts["owner"]), facts["policy"])


def _content(root: str, path: str) -> bytes | None:
    try:
        with open(os.path.join(root, *path.split("/")), "rb") as file:
            return file.read()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None


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
    text = _text(answers, tree, sources)
    return {STATE: text.encode(), IGNORE: b"/history/\n/set-aside/\n", **mirror}


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

    Raises:
        AttributeError, TypeError: It is not as we write it.
    """
    found = data.get("catalogs", {})
    folders, packages = (tuple(found.get(name, ())) for name in Sources._fields)
    if not all(isinstance(text, str) for text in (*folders, *packages)):
        raise TypeError("[catalogs] holds something else than texts")
    return Sources(folders, packages)


def _text(answers: Answers, tree: Tree, sources: Sources) -> str:
    lines = [
        "# What scaffold made here and from which answers. Commit it; scaffold keeps it current.",
        f"format = {FORMAT}",
        *_table("template", {"version": __version__, "digest": digest(tree)}),
        *_table("answers", answers.names()),
        *_list("blueprints", answers.blueprints),
        *(_list("apps", answers.apps) if answers.apps else ()),
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
