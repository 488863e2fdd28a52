"""Merging three versions of a text: both sides stand in it, or the contradiction is shown."""

import subprocess
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scaffold_cli.merge import Merged, Tags, has_conflict, mended, merge

BASE = b"one\ntwo\nthree\nfour\n"
WORDS = [f"line {number}".encode() for number in range(40)]


def edited(base: list[bytes], draw: st.DrawFn) -> list[bytes]:
    """Change some lines of a text, take some away and put others in."""
    lines = list(base)
    for _ in range(draw(st.integers(0, 4))):
        place = draw(st.integers(0, len(lines)))
        fresh = draw(st.lists(st.sampled_from(WORDS), max_size=3, unique=True))
        lines[place : place + draw(st.integers(0, 3))] = fresh
    return list(dict.fromkeys(lines))  # lines that differ, so that there is one alignment


@st.composite
def versions(draw: st.DrawFn) -> tuple[bytes, bytes, bytes]:
    """Draw a base and two texts made of it."""
    base = draw(st.lists(st.sampled_from(WORDS), max_size=12, unique=True))
    return text(base), text(edited(base, draw)), text(edited(base, draw))


def text(lines: list[bytes]) -> bytes:
    return b"".join(line + b"\n" for line in lines)


def lines_of(content: bytes) -> set[bytes]:
    return {*content.split(b"\n")} - {b""}


def test_changes_of_different_lines_both_count() -> None:
    merged = merge(BASE, BASE.replace(b"one", b"mine"), BASE.replace(b"four", b"theirs"))

    assert merged == Merged(b"mine\ntwo\nthree\ntheirs\n", 0)


def test_changes_of_neighbouring_lines_do_not_contradict_each_other() -> None:
    merged = merge(BASE, BASE.replace(b"two", b"mine"), BASE.replace(b"three", b"theirs"))

    assert merged == Merged(b"one\nmine\ntheirs\nfour\n", 0)


def test_a_line_put_in_beside_a_changed_one_stays_beside_it() -> None:
    merged = merge(BASE, BASE.replace(b"two\n", b"two\nmine\n"), BASE.replace(b"two", b"theirs"))

    assert merged == Merged(b"one\ntheirs\nmine\nthree\nfour\n", 0)


def test_the_same_change_on_both_sides_is_made_once() -> None:
    changed = BASE.replace(b"two", b"both")

    assert merge(BASE, changed, changed) == Merged(changed, 0)


def test_two_changes_of_one_line_are_shown_between_markers() -> None:
    merged = merge(BASE, BASE.replace(b"two", b"mine"), BASE.replace(b"two", b"theirs"))

    assert merged.conflicts == 1
    assert merged.content == (
        b"one\n<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> scaffold\nthree\nfour\n"
    )
    assert has_conflict(merged.content)
    assert not has_conflict(BASE)


def test_what_two_files_have_in_common_stands_outside_the_markers() -> None:
    merged = merge(b"", b"import a\nx = 1\nend()\n", b"import a\nx = 2\nend()\n")

    assert merged.content == (
        b"import a\n<<<<<<< yours\nx = 1\n=======\nx = 2\n>>>>>>> scaffold\nend()\n"
    )


def test_a_change_within_deleted_lines_is_a_conflict() -> None:
    merged = merge(BASE, b"one\nmine\nthree\nfour\n", b"one\nfour\n")

    assert merged.conflicts == 1
    assert b"mine" in merged.content


def test_deleting_more_than_the_other_side_deletes_is_no_conflict() -> None:
    assert merge(BASE, b"one\n", b"one\nthree\nfour\n") == Merged(b"one\n", 0)
    assert merge(BASE, b"one\nthree\nfour\n", b"one\n") == Merged(b"one\n", 0)


def test_put_in_at_the_same_place_both_stand_there_where_that_is_wanted() -> None:
    ours, theirs = BASE + b"mine\n", BASE + b"theirs\n"

    assert merge(BASE, ours, theirs).conflicts == 1
    assert merge(BASE, ours, theirs, together=True) == Merged(BASE + b"mine\ntheirs\n", 0)


COMMANDS = b"def one():\n    go()\n\ndef two():\n    stop()\n"
NEW = b"\ndef new():\n    wait()\n"


@pytest.mark.parametrize(
    ("mine", "expected"),
    [
        (b"    mine()\n", b"def one():\n    go()\n    mine()\n\ndef new():"),
        (b"mine = one()\n", b"def one():\n    go()\nmine = one()\n\ndef new():"),
        (b"\nmine = one()\n", b"def new():\n    wait()\n\nmine = one()\n\ndef two():"),
    ],
    ids=["in a function", "without a blank line", "below a blank line"],
)
def test_what_goes_on_with_a_function_stays_with_it(mine: bytes, expected: bytes) -> None:
    ours, theirs = (COMMANDS.replace(b"go()\n", b"go()\n" + new, 1) for new in (mine, NEW))

    assert expected in merge(COMMANDS, ours, theirs, together=True).content


def test_what_stands_right_below_a_function_stays_below_what_is_added_to_it() -> None:
    base = b"def one():\n    go()\n"

    merged = merge(base, base + b"mine = one()\n", base + b"    new()\n", together=True)

    assert merged == Merged(base + b"    new()\nmine = one()\n", 0)


def test_what_stands_right_above_a_function_stays_with_it() -> None:
    base = b"\ndef two():\n    go()\n"
    ours, theirs = (
        b"\n@mine\ndef two():\n    go()\n",
        b"\ndef new():\n    go()\n\ndef two():\n    go()\n",
    )
    tags = Tags(["", "two", "two", ""], ["", "new", "new", "two", "two", "two", ""])

    merged = merge(base, ours, theirs, tags, together=True)

    assert merged == Merged(b"\ndef new():\n    go()\n\n@mine\ndef two():\n    go()\n", 0)


def test_changes_of_neighbouring_lines_contradict_each_other_where_that_is_wanted() -> None:
    ours, theirs = BASE.replace(b"two", b"mine"), BASE.replace(b"three", b"theirs")

    assert merge(BASE, ours, theirs, apart=True).conflicts == 1


def test_what_the_owner_has_put_in_already_is_not_put_in_again() -> None:
    merged = merge(BASE, BASE + b"mine\nnew\n", BASE + b"new\n", together=True)

    assert merged == Merged(BASE + b"mine\nnew\n", 0)


def test_a_fragment_stands_where_the_owner_has_deleted_what_was_around_it() -> None:
    merged = merge(BASE, b"one\nfour\n", b"one\ntwo\nnew\nthree\nfour\n", together=True)

    assert merged == Merged(b"one\nnew\nfour\n", 0)


def test_tags_keep_a_fragment_whole_where_its_lines_look_like_its_neighbours() -> None:
    # As lines, what is new could as well be "name a\n\n@command\n"; the owner has written between.
    base, theirs = b"@command\nb\n\nend\n", b"@command\na\n\n@command\nb\n\nend\n"
    ours = b"@command\n# mine\nb\n\nend\n"
    tags = Tags(["b", "b", "b", "", ""], ["a", "a", "a", "b", "b", "b", "", ""])

    assert merge(base, ours, theirs, tags, together=True) == Merged(
        b"@command\na\n\n@command\n# mine\nb\n\nend\n", 0
    )


def test_two_files_written_into_nothing_contradict_each_other() -> None:
    assert merge(b"", b"mine", b"theirs\n").conflicts == 1
    assert merge(b"", b"", b"theirs\n") == Merged(b"theirs\n", 0)


def test_lines_keep_their_own_ends_where_those_differ() -> None:
    ours = b"one\ntwo\r\nthree\r\nfour\r\nmine"

    assert merge(BASE, ours, BASE.replace(b"two", b"theirs")) == Merged(
        b"one\ntheirs\r\nthree\r\nfour\r\nmine", 0
    )


def test_of_a_mended_text_the_conflicts_alone_are_taken() -> None:
    marked = b"one\n<<<<<<< yours\ntwo\n=======\n2\n>>>>>>> scaffold\nthree\nfour\n"

    assert mended(marked, b"mine\none\nzwei\nthree\nmine\nfour\n") == b"one\nzwei\nthree\nfour\n"
    assert mended(marked, b"") == b""
    assert mended(marked, b"\0") == b"\0"


@pytest.mark.parametrize(
    ("ours", "expected"),
    [
        (b"one\r\ntwo\r\nthree\r\nmine\r\n", b"one\r\ntheirs\r\nthree\r\nmine\r\n"),
        (b"one\ntwo\nthree\nfour", b"one\ntheirs\nthree\nfour"),
        (b"\xfc\ntwo\nthree\nfour\n", b"\xfc\ntheirs\nthree\nfour\n"),
    ],
    ids=["carriage returns", "a missing end of the last line", "another encoding"],
)
def test_what_is_unusual_about_the_owners_file_stays(ours: bytes, expected: bytes) -> None:
    assert merge(BASE, ours, BASE.replace(b"two", b"theirs")) == Merged(expected, 0)


@given(versions())
def test_a_side_that_changed_nothing_has_nothing_to_say(texts: tuple[bytes, bytes, bytes]) -> None:
    base, ours, theirs = texts

    assert merge(base, base, theirs) == Merged(theirs, 0)
    assert merge(base, ours, base) == Merged(ours, 0)


@given(versions(), st.booleans())
def test_what_somebody_put_in_is_in_the_result(
    texts: tuple[bytes, bytes, bytes], together: bool
) -> None:
    base, ours, theirs = texts
    merged = lines_of(merge(base, ours, theirs, together=together).content)

    for side in (ours, theirs):
        assert lines_of(side) - lines_of(base) <= merged


@given(versions())
@settings(max_examples=150)
def test_what_git_merges_is_merged_to_the_same(
    tmp_path_factory: pytest.TempPathFactory, texts: tuple[bytes, bytes, bytes]
) -> None:
    code, content = by_git(tmp_path_factory.getbasetemp(), *texts)
    assume(code == 0)

    assert merge(*texts) == Merged(content, 0)


def by_git(folder: Path, base: bytes, ours: bytes, theirs: bytes) -> tuple[int, bytes]:
    """Have git merge three texts; return how many conflicts it finds, and what it writes."""
    paths = [folder / name for name in ("ours", "base", "theirs")]
    for path, content in zip(paths, (ours, base, theirs), strict=True):
        path.write_bytes(content)
    done = subprocess.run(
        ["git", "merge-file", "-p", "-q", *map(str, paths)], capture_output=True, check=False
    )
    return done.returncode, done.stdout
