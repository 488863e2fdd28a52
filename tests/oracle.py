"""Which selections are refused, and why: worked out from the manifests' words alone.

It shares no code with the resolver, so the two can't be wrong together. The rules are those of docs/extensions.md.
"""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

CATALOGUE = Path(__file__).parents[1] / "scaffold_cli"
MANIFESTS: Mapping[str, Mapping[str, Any]] = {
    path.parent.name: tomllib.loads(path.read_text("utf-8"))
    for path in CATALOGUE.glob("extensions/*/extension.toml")
}
ROLES: Mapping[str, str] = tomllib.loads((CATALOGUE / "roles.toml").read_text("utf-8"))
PLAYED = {name: manifest.get("provides", "") for name, manifest in MANIFESTS.items()}


def closed(asked: Iterable[str]) -> set[str]:
    """Return a selection with all that it requires, and the default players of its open roles."""
    wanted = set(asked)
    while True:
        ids = wanted & MANIFESTS.keys()
        open_roles = (wanted & ROLES.keys()) - {PLAYED[name] for name in ids}
        required = {other for name in ids for other in MANIFESTS[name].get("requires", ())}
        more = required or set()
        if more <= wanted:  # roles are looked at once nothing else is to come
            more = {ROLES[role] for role in sorted(open_roles)[:1]}
        if more <= wanted:
            return ids
        wanted |= more


def quarrels(asked: Iterable[str]) -> dict[frozenset[str], str]:
    """Return the pairs that can't stand together in a closed selection, with the reasons."""
    ids = sorted(closed(asked))
    found: dict[frozenset[str], str] = {}
    for name in ids:
        conflicts = MANIFESTS[name].get("conflicts", {})
        reasons = conflicts if isinstance(conflicts, dict) else dict.fromkeys(conflicts, "")
        for other in ids:
            pair = frozenset((name, other))
            if other in reasons:
                found.setdefault(pair, reasons[other].rstrip("."))
            if other != name and PLAYED[name] and PLAYED[name] == PLAYED[other]:
                found.setdefault(pair, f"only one can play the role {PLAYED[name]}")
    return found
