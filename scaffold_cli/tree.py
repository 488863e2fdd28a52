"""A project as a value: paths and what stands at each."""

import re
from collections.abc import Mapping
from typing import Literal, NamedTuple

Policy = Literal["managed", "seed", "derived"]


class File(NamedTuple):
    """One generated file.

    Attributes:
        content: Its bytes.
        owner: The layer that brings it: ``base``, an extension's id, ``blueprint:NAME``.
        policy: ``managed`` is merged on every change; ``seed`` is written once and then its owner's;
            ``derived`` has slots and is merged fragment by fragment.
        tags: Of a file with slots, which fragment each line is of; see ``slots.Folded``.
    """

    content: bytes
    owner: str
    policy: Policy = "managed"
    tags: tuple[str, ...] = ()

    @property
    def executable(self) -> bool:
        """Whether it is a script; told from its first line, as packages lose file modes."""
        return self.content.startswith(b"#!")


# What leads out of a project, or into what is git's, on some system: Windows drops dots and spaces at the end of a
# name, knows short ones (GIT~1) and devices in each folder, and macOS passes over characters that nobody sees.
_OUTSIDE = re.compile(
    r"""[\\:<>"|?*]|~\d|[. ](/|$)|(^|/)(\.git)?(/|$)"""
    r"|(^|/)(con|prn|aux|nul|com\d|lpt\d)(\.[^/]*)?(/|$)",
    re.IGNORECASE,
)
_NOT_OURS = re.compile(r"^(\.env|\.scaffold|\.venv)(/|$)", re.IGNORECASE)


def is_allowed(path: str) -> bool:
    """Tell whether a generated file may stand at a path: in the project, and not in what is git's or its owner's."""
    return path.isprintable() and not (_OUTSIDE.search(path) or _NOT_OURS.match(path))


Tree = Mapping[str, File]
"""Path (relative, with ``/``) to file, sorted by path."""
