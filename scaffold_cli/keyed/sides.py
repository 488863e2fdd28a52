"""What both sides make of one tree: key by key, the side that has changed something decides."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence

from ..merge import merge
from .layout import are_like, fitted, fitted_value, tidied
from .nodes import Branch, Child, Item, Leaf, Node, Table, meaning, written

Keys = Sequence[Hashable]


class Contradiction(Exception):  # noqa: N818 - not an error: both sides are to be shown
    """Both sides have changed one thing in different ways."""


def merged(base: Branch, ours: Branch, theirs: Branch, *, is_root: bool = True) -> Branch:
    """Merge three versions of a mapping or a list.

    Raises:
        Contradiction: Both sides have changed one thing in different ways.
    """
    if written(theirs) == written(base):
        return ours
    if written(ours) == written(base):
        return theirs
    _refuse_replaced(base, ours, theirs)
    old, own, new = ({child.key: child for child in side.children} for side in (base, ours, theirs))
    found: dict[Hashable, Child] = {}
    for key, child in own.items():
        left: Child | None
        if key in new:
            left = _of_both(old.get(key), child, new[key], ours, theirs)
        else:
            left = _of_ours(old.get(key), child, is_section=is_root)
        if left and (_is_bare(child.node) or not _is_bare(left.node)):
            found[key] = left
    for key, child in new.items():
        if key not in own and key not in old:
            found[key] = fitted(child, theirs, ours)
        elif key not in own and _adds(old[key].node, child.node):
            raise Contradiction
    carried = "" if ours.is_flow else _carry(old, ours.children, found)
    children = tuple(found[key] for key in _order(list(old), list(own), list(new), found))
    mark = _mark(base.mark, ours.mark, theirs.mark)
    whole = (ours if ours.children else theirs)._replace(children=children, mark=mark)
    if not ours.is_flow:
        head = _text(base.head, ours.head, theirs.head)
        tail = carried + _text(base.tail, ours.tail, theirs.tail)
        whole = whole._replace(head=head, tail=tail)
    return tidied(whole, ours, theirs)


def _of_both(base: Child | None, ours: Child, theirs: Child, own: Branch, new: Branch) -> Child:
    """Merge an entry that both sides have; their branches say how they are indented."""
    old = base or Child(ours.key, "", "", Leaf("", None), "")
    lead = _text(old.lead, ours.lead, theirs.lead) if are_like(own, new) else ours.lead
    if _are_alike(ours.node, theirs.node):
        node = _node(old.node, ours.node, theirs.node)
        return ours._replace(
            lead=lead,
            label=_text(old.label, ours.label, theirs.label),
            node=fitted_value(node, new, own) if node is theirs.node else node,
            after=_text(old.after, ours.after, theirs.after),
        )
    if meaning(theirs.node) in (meaning(old.node), meaning(ours.node)):
        return ours._replace(lead=lead)
    if meaning(ours.node) != meaning(old.node):
        raise Contradiction
    return fitted(theirs, new, own)


def _of_ours(base: Child | None, ours: Child, *, is_section: bool) -> Child | None:
    """Return what is left of an entry that theirs does not have.

    Of a list, and of a section of the file, the owner's own entries are left; anything else that is edited is not
    taken away without asking.
    """
    if not base:
        return ours
    if meaning(ours.node) == meaning(base.node):
        return None
    old, own = _of_kind(base.node, ours.node), ours.node
    if old and isinstance(own, Branch) and (own.kind == "list" or is_section):
        left = merged(old, own, old._replace(children=()), is_root=False)
        return ours._replace(node=left) if left.children else None
    raise Contradiction


def _node(base: Node, ours: Node, theirs: Node) -> Node:
    """Merge values that are alike."""
    if isinstance(ours, Branch) and isinstance(theirs, Branch):
        old = _of_kind(base, ours) or theirs._replace(children=())
        return merged(old, ours, theirs, is_root=False)
    if meaning(theirs) == meaning(base):
        return ours
    if meaning(ours) == meaning(base):
        return theirs
    if isinstance(ours, Leaf) and isinstance(theirs, Leaf) and ours.meaning == theirs.meaning:
        if ours.hashes >= theirs.hashes:
            return ours
        if ours.hashes < theirs.hashes:
            return theirs
    raise Contradiction


def _are_alike(one: Node, other: Node) -> bool:
    """Tell whether two values can be merged by what is in them."""
    match one, other:
        case Branch(), Branch():
            return (one.kind, one.is_flow) == (other.kind, other.is_flow)
        case Leaf(), Leaf():
            return True
    return False


def _of_kind(base: Node, ours: Node) -> Branch | None:
    """Return what was a mapping, or a list, and is one still."""
    match base, ours:
        case Branch(kind=was) as old, Branch(kind=now) if was == now:
            return old
    return None


def _is_bare(node: Node) -> bool:
    """Tell whether a value lost all its lines: its key alone would say that it is nothing, not that it is empty."""
    return isinstance(node, Branch) and not (node.children or node.is_flow)


def _adds(base: Node, theirs: Node) -> bool:
    """Tell whether theirs has what base has not: a key, an item."""
    if isinstance(theirs, Leaf):
        return False
    if isinstance(base, Leaf):
        return True
    old = {child.key: child.node for child in base.children}
    return any(c.key not in old or _adds(old[c.key], c.node) for c in theirs.children)


def _refuse_replaced(base: Branch, ours: Branch, theirs: Branch) -> None:
    """Refuse lists in which both sides have put something else in the place of the same items.

    A word that ours took out and theirs replaced is no contradiction: what replaces it is new. A mapping there may be
    the same with a change.

    Raises:
        Contradiction: They have.
    """
    old, own, new = (_lists(side) for side in (base, ours, theirs))
    for name, items in old.items():
        for start, end, mine in _replaced(items, own.get(name, [])):
            for other, stop, yours in _replaced(items, new.get(name, [])):
                differ = max(start, other) < min(end, stop) and _said(mine) != _said(yours)
                if differ and (mine or any(isinstance(child.node, Branch) for child in yours)):
                    raise Contradiction


def _lists(branch: Branch) -> dict[Hashable, list[Child]]:
    """Return the items of each list; a mapping may hold several, as TOML's arrays of tables."""
    found: dict[Hashable, list[Child]] = {}
    for child in branch.children:
        if isinstance(child.key, Item):
            found.setdefault(child.key.list, []).append(child)
    return found


def _said(items: Iterable[Child]) -> list[Hashable]:
    return [item.key.meaning for item in items if isinstance(item.key, Item)]


def _replaced(
    base: Sequence[Child], side: Sequence[Child]
) -> Iterator[tuple[int, int, Sequence[Child]]]:
    """Yield which items a side has taken out, from where up to where, and what it has put there."""
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, _said(base), _said(side), autojunk=False)
    for tag, start, end, other, stop in matcher.get_opcodes():
        if tag in ("replace", "delete"):
            yield start, end, side[other:stop]


def _order(base: Keys, ours: Keys, theirs: Keys, found: Collection[Hashable]) -> list[Hashable]:
    """Return the keys in theirs' order, or in the owner's if that is another; the rest by their neighbours."""
    is_moved = [key for key in ours if key in base] != [key for key in base if key in ours]
    main, other = (ours, theirs) if is_moved else (theirs, ours)
    order = [key for key in main if key in found]
    there = set(order)
    for place, key in enumerate(other):
        if key in found and key not in there:
            order.insert(_place(order, other, place), key)
    return sorted(order, key=lambda key: isinstance(key, Table | Item))


def _place(order: Keys, keys: Keys, place: int) -> int:
    """Return where one of the keys goes: after the one before it, or else before the one after it.

    What was put first stays first: it would depend on the order of changes where it goes else.
    """
    if not place:
        return 0
    there = set(order)
    if keys[place - 1] in there:
        return order.index(keys[place - 1]) + 1
    return next((order.index(key) for key in keys[place + 1 :] if key in there), len(order))


def _carry(
    base: Mapping[Hashable, Child], ours: Iterable[Child], found: dict[Hashable, Child]
) -> str:
    """Have the owner's comments above what is taken away stand above what comes next; return those above nothing."""
    carried = ""
    for child in ours:
        if child.key in found:
            found[child.key] = found[child.key]._replace(lead=carried + found[child.key].lead)
            carried = ""
        elif child.key in base:
            known = base[child.key].lead.split("\n")
            lines = child.lead.split("\n")
            carried += "".join(f"{line}\n" for line in lines if line not in known)
    return carried


def _mark(base: str, ours: str, theirs: str) -> str:
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs
    raise Contradiction


def _text(base: str, ours: str, theirs: str) -> str:
    """Merge what stands around a value; where both sides have changed it, it is the owner's."""
    if theirs in (base, ours):
        return ours
    if ours == base:
        return theirs
    content, conflicts = merge(base.encode(), ours.encode(), theirs.encode())
    return ours if conflicts else content.decode()
