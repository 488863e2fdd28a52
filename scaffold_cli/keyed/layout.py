"""What is new as its owner would write it: indented, and in as many lines, as what is there."""

import re
from collections.abc import Callable
from typing import NamedTuple

from .nodes import Branch, Child, Leaf, Node, meaning, written, written_child

_CLOSING = re.compile(r"\n([ \t]*)[\]}]")
_INDENTATION = re.compile(r"\n([ \t]*+)(?!\n|$)")
_LEAD = re.compile(r"\n[ \t]*+(?!\n)")
_LINES = re.compile(r"\s*\n\s*")

Move = Callable[[str], str]


class _Steps(NamedTuple):
    """The indentation of entries between brackets, and of the bracket that closes."""

    entry: str
    closing: str


def fitted(child: Child, theirs: Branch, ours: Branch) -> Child:
    """Return an entry of theirs as it is to stand in ours."""
    if not ours.children:
        return child
    move = _move(theirs, ours)
    if not ours.is_flow:
        if not move:
            return child
        text = _moved("\n" + written_child(theirs, child), move)[1:]
        return Child(child.key, "", "", Leaf(text, meaning(child.node)), "")
    own = _steps(ours)
    if not own:
        node = child.node
        text = written(node)
        if "\n" in text:
            node = Leaf(_LINES.sub(" ", text), meaning(node))
        return child._replace(lead=" ", node=node, after="")
    lead = _LEAD.sub(f"\n{own.entry}", child.lead) if "\n" in child.lead else f"\n{own.entry}"
    return child._replace(lead=lead, node=fitted_value(child.node, theirs, ours))


def fitted_value(node: Node, theirs: Branch, ours: Branch) -> Node:
    """Return a value of theirs as it is to stand behind a key of ours."""
    text = written(node)
    move = _move(theirs, ours)
    if not move or "\n" not in text:
        return node
    has_lines = isinstance(node, Branch) and not node.is_flow
    moved = _moved("\n" + text, move)[1:] if has_lines else _moved(text, move)
    return Leaf(moved, meaning(node))


def are_like(one: Branch, other: Branch) -> bool:
    """Tell whether two branches are indented alike, and both in one line or in several."""
    return (one.column, _steps(one)) == (other.column, _steps(other))


def tidied(branch: Branch, ours: Branch, theirs: Branch) -> Branch:
    """Return a branch whose entries are parted as they were: by lines, by blank ones, or by none."""
    if not ours.children or not branch.children:
        return branch
    first, *others = branch.children
    if branch.is_flow:
        return branch._replace(children=_in_lines(first, others, ours))
    firsts = {side.children[0].key for side in (ours, theirs) if side.children}
    parted = [child.lead.startswith("\n") for child in others if child.key not in firsts]
    if parted and all(parted):  # so is what was the first and is no longer
        others = [child._replace(lead="\n" + child.lead.removeprefix("\n")) for child in others]
    return branch._replace(children=(first, *others))


def _in_lines(first: Child, others: list[Child], ours: Branch) -> tuple[Child, ...]:
    own = _steps(ours)
    if not own:
        between = ours.children[1].lead if len(ours.children) > 1 else " "
        first = first._replace(lead=ours.children[0].lead)
        others = [child._replace(lead=between) for child in others]
    elif "\n" in ours.children[0].lead and "\n" not in first.lead:
        first = first._replace(lead=f"\n{own.entry}")
    return first, *others


def _move(theirs: Branch, ours: Branch) -> Move | None:
    """Return what makes ours of an indentation of theirs; None if that is the same."""
    if not ours.is_flow:
        step = ours.column - theirs.column
        if not step:
            return None
        return lambda indentation: indentation[max(0, -step) :] + " " * step
    own, new = _steps(ours), _steps(theirs)
    if not own or not new or own == new:
        return None
    step_of_ours = own.entry[len(own.closing) :]
    step_of_theirs = max(1, len(new.entry) - len(new.closing))
    at = len(new.entry)
    return lambda found: own.entry + step_of_ours * ((len(found) - at) // step_of_theirs)


def _moved(text: str, move: Move) -> str:
    return _INDENTATION.sub(lambda found: "\n" + move(found[1]), text)


def _steps(branch: Branch) -> _Steps | None:
    """Return the indentations between brackets; None if all stands in one line."""
    leads = [child.lead for child in branch.children if "\n" in child.lead]
    if not leads:
        return None
    entry = leads[0].rpartition("\n")[2]
    closing = _CLOSING.search(branch.tail)
    return _Steps(entry, closing[1] if closing else "")
