"""Branches: a project's record, and its files, after git has merged two branches that each changed the answers.

``.gitattributes`` has git keep the lines of both sides in ``.scaffold/`` (``merge=union``). So the merged record says all
that was asked for on either branch, some facts twice; and the merged mirror is to the merged files what each branch's
mirror was to its own. So the merged answers can be rendered, and the difference merged in as ever.
"""

import re

from .errors import ConflictError

MADE = ("template", "files")  # tables that are made anew in any case
_HUNK = re.compile(
    rb"^<{7}[^\n]*\n(?P<ours>.*?)(?:^\|{7}[^\n]*\n.*?)?^={7}\r?\n(?P<theirs>.*?)^>{7}[^\n]*(?:\n|\Z)",
    re.DOTALL | re.MULTILINE,
)


def without_doubles(text: str) -> str:
    """Return a record in which each fact stands once.

    Args:
        text: The record as git merged it.

    Raises:
        ConflictError: The branches answer a question differently.
    """
    kept: list[str] = []
    facts: dict[tuple[str, str], str] = {}
    table = ""
    for line in text.splitlines():
        if line.startswith("["):
            table = line.strip("[]")
        key, equals, value = line.partition(" = ")
        place = (table, key)
        if place not in facts:
            kept.append(line)
        elif equals and value != facts[place] and table not in MADE:
            raise ConflictError(
                f"The branches answer {key} differently: {facts[place]} and {value}.",
                "Keep one of these lines in .scaffold/state.toml, then again: scaffold continue",
            )
        if line.strip() not in ("", "[", "]"):
            facts[place] = value
    return "\n".join(kept) + "\n"


def without_markers(ours: bytes, mirror: bytes) -> bytes:
    """Return a file without those conflicts of git's in which both sides are generated.

    Args:
        ours: The file as git left it.
        mirror: What was generated, as git merged it: with the lines of both sides.
    """
    generated = {line.rstrip() for line in mirror.split(b"\n")}

    def joined(hunk: re.Match[bytes]) -> bytes:
        both = hunk["ours"] + hunk["theirs"]
        known = all(line.rstrip() in generated for line in both.split(b"\n") if line.strip())
        return both if known else hunk[0]

    return _HUNK.sub(joined, ours)
