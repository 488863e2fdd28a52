"""Plans: what a change will do, as a value that can be printed, compared, serialised or applied."""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from .tree import Tree

Status = Literal["create", "update", "merge", "remove", "keep", "same", "conflict"]
SCHEMA = "scaffold/plan/1"


class Step(NamedTuple):
    """One file of a plan.

    Attributes:
        status: What happens to it.
        path: Where it is, relative to the project.
        owner: The layer that it belongs to.
        before, after: Its content; None where it is not there.
    """

    status: Status
    path: str
    owner: str
    before: bytes | None
    after: bytes | None


class Plan(NamedTuple):
    """All steps of a change, sorted by path."""

    steps: tuple[Step, ...]

    def to_json(self) -> Mapping[str, Any]:
        """Return the plan as JSON data; ``docs/json.md`` describes it."""
        return {
            "schema": SCHEMA,
            "steps": [{"status": s.status, "path": s.path, "owner": s.owner} for s in self.steps],
        }


def creation(tree: Tree) -> Plan:
    """Return the plan that makes a whole project where there is nothing."""
    return Plan(
        tuple(Step("create", path, file.owner, None, file.content) for path, file in tree.items())
    )
