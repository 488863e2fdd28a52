"""Slots: fragments take the place of markers, and no marker is left."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold_cli import slots
from scaffold_cli.errors import ManifestError
from scaffold_cli.slots import Fragment, Slot


@pytest.fixture(autouse=True)
def declared(monkeypatch: pytest.MonkeyPatch) -> dict[str, Slot]:
    """Declare five slots of our own."""
    own = {
        "lines": Slot("lines", "a.txt", "lines", 0),
        "blocks": Slot("blocks", "a.txt", "lines", 2),
        "keyed": Slot("keyed", "a.yaml", "lines", 0, "depends_on:"),
        "imports": Slot("imports", "a.py", "imports", 0),
        "data": Slot("data", "a.json", "json", 0),
    }
    monkeypatch.setattr(slots, "declared", lambda: own)
    return own


def fold(text: str, **fragments: list[str]) -> str:
    return slots.fold(text, [], {slot: of(slot, texts) for slot, texts in fragments.items()}).text


def of(slot: str, texts: list[str]) -> list[Fragment]:
    return [Fragment(slot, f"owner{place}", text) for place, text in enumerate(texts)]


def test_fragments_take_the_markers_place_and_indent() -> None:
    text = "def f():\n    # slot: lines\n    return\n"

    assert fold(text, lines=["a()", "if b:\n    b()"]) == (
        "def f():\n    a()\n    if b:\n        b()\n    return\n"
    )


def test_blank_lines_inside_a_fragment_are_not_indented() -> None:
    assert fold("  # slot: lines\n", lines=["a\n\nb"]) == "  a\n\n  b\n"


def test_the_gap_stands_between_fragments() -> None:
    assert fold("# slot: blocks\n", blocks=["a", "b"]) == "a\n\n\nb\n"


def test_an_empty_slot_goes_with_the_blank_lines_before_it() -> None:
    assert fold("x\n\n\n# slot: lines\n\n\ny\n") == "x\n\n\ny\n"
    assert fold("x\n\n# slot: lines\n") == "x\n"
    assert fold("# slot: lines\nx\n") == "x\n"
    assert fold("# slot: lines\n") == ""


def test_a_head_stands_above_the_fragments_and_never_alone() -> None:
    text = "web:\n  image: web\n  # slot: keyed\n"

    assert fold(text, keyed=["db:\n  healthy", "redis:"]) == (
        "web:\n  image: web\n  depends_on:\n    db:\n      healthy\n    redis:\n"
    )
    assert fold(text) == "web:\n  image: web\n"


def test_a_tail_stands_below_the_fragments_and_never_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    table = Slot("keyed", "x.py", "lines", 0, head="# What:\nWHAT = {", tail="}", indent=4)
    monkeypatch.setattr(slots, "declared", lambda: {"keyed": table})
    text = "x = 1\n\n# slot: keyed\n"

    folded = "x = 1\n\n# What:\nWHAT = {\n    1: 2,\n    3: 4,\n}\n"
    assert fold(text, keyed=["1: 2,", "3: 4,"]) == folded
    assert fold(text) == "x = 1\n"


def test_markup_has_markers_in_its_own_comments() -> None:
    assert fold("<ul>\n  <!-- slot: lines -->\n</ul>\n", lines=["<li>"]) == "<ul>\n  <li>\n</ul>\n"


def test_imports_are_merged_with_those_around_the_marker() -> None:
    assert fold("import os\n# slot: imports\n", imports=["import abc"]) == "import abc\nimport os\n"


def test_json_is_merged_by_key(declared: dict[str, Slot]) -> None:
    text = json.dumps({"env": {"A": 1}, "list": [1], "word": "old"})
    more = [json.dumps({"env": {"B": 2}, "list": [2]}), json.dumps({"word": "new"})]

    folded = slots.fold(text, [declared["data"]], {"data": of("data", more)}).text

    assert json.loads(folded) == {"env": {"A": 1, "B": 2}, "list": [1, 2], "word": "new"}
    assert folded.endswith("}\n")


def test_a_fragment_for_a_slot_that_is_not_declared_is_refused() -> None:
    with pytest.raises(ManifestError, match="'nowhere'"):
        slots.check(Fragment("nowhere", "login", "x"))


lines = st.lists(st.text("abc ", min_size=1, max_size=5).filter(str.strip), max_size=4)


@given(st.lists(lines.map("\n".join), max_size=4))
def test_folding_leaves_no_marker_and_every_line_of_every_fragment(fragments: list[str]) -> None:
    folded = fold("top\n    # slot: lines\nend\n", lines=fragments)

    assert not slots.MARKER.search(folded)
    kept = [line.strip() for line in folded.split("\n")]
    for fragment in fragments:
        assert all(line.strip() in kept for line in fragment.split("\n"))
    assert kept[0] == "top"
    assert kept[-2:] == ["end", ""]
