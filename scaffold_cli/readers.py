"""Readers: whether a file can be read as what its name says that it is, with each key once."""

from __future__ import annotations

import json
import tomllib
import warnings
from collections.abc import Hashable, Iterable
from typing import TYPE_CHECKING

from .keyed import is_pinning, requirements
from .keyed.nodes import Unreadable

if TYPE_CHECKING:
    import yaml


def reads(path: str, content: bytes) -> bool:
    """Tell whether a file can be read; so can one of a kind that is not known here.

    Args:
        path: Where it stands in the project.
        content: What stands there.
    """
    name = path.rpartition("/")[2]
    reader = _requirements if is_pinning(name) else _READERS.get(name.rpartition(".")[2])
    try:
        with warnings.catch_warnings(action="ignore"):
            if reader:
                reader(content.decode("utf-8-sig").replace("\r\n", "\n"))
    except (ValueError, SyntaxError, Unreadable, RecursionError):
        return False
    return True


def _python(text: str) -> None:
    compile(text, "module", "exec", dont_inherit=True)


def _json(text: str) -> None:
    def unique(pairs: list[tuple[str, object]]) -> None:
        _refuse_doubles(key for key, _ in pairs)

    json.loads(text, object_pairs_hook=unique)


def _toml(text: str) -> None:
    tomllib.loads(text)


def _requirements(text: str) -> None:
    requirements.parse(f"{text}\n")


def _yaml(text: str) -> None:
    import yaml

    try:
        waiting = [*yaml.compose_all(text, yaml.SafeLoader)]
    except yaml.YAMLError as error:
        raise Unreadable("no YAML") from error
    seen: set[int] = set()  # an alias is the node that it stands for
    while waiting:
        node = waiting.pop()
        if id(node) not in seen and isinstance(node, yaml.CollectionNode):
            seen.add(id(node))
            waiting += _inside(node)


def _inside(node: yaml.CollectionNode) -> list[yaml.Node]:
    """Return what is in a list, or the values of a mapping."""
    import yaml

    if isinstance(node, yaml.SequenceNode):
        return [*node.value]
    _refuse_doubles((key.tag, str(key.value)) for key, _ in node.value)
    return [value for _, value in node.value]


def _refuse_doubles(keys: Iterable[Hashable]) -> None:
    keys = [*keys]
    if len({*keys}) < len(keys):
        raise Unreadable("a key twice")


_READERS = {
    "json": _json,
    "py": _python,
    "toml": _toml,
    "yaml": _yaml,
    "yml": _yaml,
}
