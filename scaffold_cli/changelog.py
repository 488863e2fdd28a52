"""The changelog: what became of the template between two versions."""

import re
from collections.abc import Iterator

from .moves import numbers

_RELEASE = re.compile(r"^## \[(\d[^\]]*)\]")
_PART = re.compile(r"^### (.+)$")


def template_lines(text: str, after: str, up_to: str) -> Iterator[str]:
    """Yield the lines on the template of the versions after one, up to another.

    Args:
        text: The changelog.
        after: The version that a project has.
        up_to: The version that it gets.
    """
    is_wanted = is_template = False
    for line in text.splitlines():
        if line.startswith("## "):
            release = _RELEASE.match(line)
            is_wanted = release is not None and _is_between(after, release[1], up_to)
        elif match := _PART.match(line):
            is_template = match[1] == "Template"
        elif is_wanted and is_template and line.strip():
            yield line


def _is_between(after: str, version: str, up_to: str) -> bool:
    return numbers(after) < numbers(version) <= numbers(up_to)
