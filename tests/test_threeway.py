"""Merging three versions of one file: by import in Python, and never to something that nobody can read."""

import pytest

from scaffold_cli.merge import has_conflict
from scaffold_cli.readers import reads
from scaffold_cli.threeway import merged
from scaffold_cli.tree import File

MODULE = '''\
"""A module."""

from flask import Flask

from .core import App

app = App(Flask)
'''


def outcome(path: str, base: str, ours: str, theirs: str) -> str:
    """Merge, and return what comes of it; or that it is a conflict."""
    old, new = (File(text.encode(), "base", "derived") for text in (base, theirs))
    found = merged(path, old, ours.encode(), new)
    assert bool(found.conflicts) == has_conflict(found.content)
    return "a conflict" if found.conflicts else found.content.decode()


def module(ours: str, theirs: str) -> str:
    return outcome("app.py", MODULE, ours, theirs)


# Imports


def test_both_sides_import_a_name_from_one_module() -> None:
    ours = MODULE.replace("import Flask", "import Flask, abort")
    theirs = MODULE.replace("import Flask", "import Flask, g")

    assert module(ours, theirs) == MODULE.replace("import Flask", "import Flask, abort, g")


def test_code_of_theirs_stands_below_an_import_of_the_owners() -> None:
    ours = MODULE.replace("App\n\n", "App\nfrom .own import own\n\n")
    theirs = MODULE.replace("App\n\n", "App\nfrom .mail import Mail\n\nmail = Mail()\n")

    assert module(ours, theirs) == MODULE.replace(
        "App\n\n", "App\nfrom .mail import Mail\nfrom .own import own\n\nmail = Mail()\n"
    )


def test_an_import_goes_and_what_the_owner_imports_beside_it_stays() -> None:
    ours = MODULE.replace("import Flask", "import Flask, abort").replace("App(Flask)", "App()")
    theirs = MODULE.replace("from flask import Flask\n\n", "").replace("App(Flask)", "App()")

    assert module(ours, theirs) == theirs.replace(
        "from .core", "from flask import abort\n\nfrom .core"
    )


def test_imports_with_windows_line_ends_are_merged() -> None:
    ours = MODULE.replace("import Flask", "import Flask, abort").replace("\n", "\r\n")
    theirs = MODULE.replace("import Flask", "import Flask, g")

    assert module(ours, theirs) == ours.replace("abort", "abort, g")


@pytest.mark.parametrize(
    "edit",
    [
        ("from .core import App\n", "from .core import App\nimport os\n"),
        ("from flask import Flask\n", "from flask import Flask  # ours\n"),
        ("from flask import Flask\n", "MINE = 1\nfrom flask import Flask\n"),
        ("app = App(Flask)\n", "app = App(Flask)\nimport os; os.abort()\n"),
    ],
    ids=["not sorted", "with a comment", "below a statement", "further below"],
)
def test_the_owner_may_import_as_they_like(edit: tuple[str, str]) -> None:
    theirs = MODULE.replace("import App\n", "import App\nfrom .mail import mail\n")
    found = module(MODULE.replace(*edit), theirs)

    assert {*found.splitlines()} == {*MODULE.replace(*edit).splitlines(), "from .mail import mail"}


# What would stand in the wrong place

COMMANDS = """\
def one() -> None:
    first()
    second()


def two() -> None:
    third()


def last() -> None:
    fourth()
"""
WITHOUT_TWO = COMMANDS.replace("def two() -> None:\n    third()\n\n\n", "")


def commands(ours: str, theirs: str) -> str:
    return outcome("manage.py", COMMANDS, ours, theirs)


def test_what_the_owner_wrote_into_a_function_that_goes_is_a_conflict() -> None:
    assert (
        commands(COMMANDS.replace("third()\n", "third()\n    mine()\n"), WITHOUT_TWO)
        == "a conflict"
    )


def test_a_function_goes_and_what_the_owner_wrote_beside_it_stays() -> None:
    mine = "mine = one\n\n\n"

    assert commands(
        COMMANDS.replace("def two", f"{mine}def two"), WITHOUT_TWO
    ) == WITHOUT_TWO.replace("def last", f"{mine}def last")


def test_what_the_owner_moved_and_is_to_go_is_a_conflict() -> None:
    two = "def two() -> None:\n    third()\n\n\n"

    assert commands(two + WITHOUT_TWO, WITHOUT_TWO) == "a conflict"


def test_what_the_owner_took_out_and_is_to_move_is_a_conflict() -> None:
    two = "def two() -> None:\n    third()\n\n\n"

    assert commands(WITHOUT_TWO, two + WITHOUT_TWO) == "a conflict"


@pytest.mark.parametrize("edit", [("def two", "def zwei"), ("third()\n", "third()\n    more()\n")])
def test_a_function_may_have_another_name_on_one_side(edit: tuple[str, str]) -> None:
    one, other = COMMANDS.replace(*edit), COMMANDS.replace("second()\n", "second()\n    mine()\n")
    renamed = COMMANDS.replace("def one", "def eins")

    assert (
        commands(one, other)
        == commands(other, one)
        == one.replace("second()\n", "second()\n    mine()\n")
    )
    assert (
        commands(renamed, other) == commands(other, renamed) == other.replace("def one", "def eins")
    )


def test_what_both_sides_changed_is_a_conflict_where_the_lines_do_not_touch() -> None:
    base = "[[tool]]\na = 1\n\n[[tool]]\nb = 1\n"
    ours = base + "mine = 1\n"  # in a table that goes; as lines, it would stay in the other one
    theirs = "[[tool]]\na = 1\n"

    assert outcome("pyproject.toml", base, ours, theirs) == "a conflict"


def test_a_conflict_is_no_larger_than_what_it_is_about() -> None:
    ours = COMMANDS.replace("first()", "mine()").replace("third()\n", "third()\n    mine()\n")
    old, new = (File(text.encode(), "base", "derived") for text in (COMMANDS, WITHOUT_TWO))

    content = merged("manage.py", old, ours.encode(), new).content.decode()

    assert content.startswith(ours.partition("def two")[0] + "<<<<<<< yours\ndef two")


# What nobody can read

KEYS = '{\n"list": [1 , 2],\n"a": 1,\n"b": 2\n}\n'  # a space before a comma: too unusual to be merged by key

UNREADABLE = {
    "a key twice in JSON": (
        "app.json",
        KEYS,
        KEYS.replace("{\n", '{\n"c": 1,\n'),
        KEYS.replace("2\n}", '2,\n"c": 3\n}'),
    ),
    "a table twice in TOML": (
        "pyproject.toml",
        "[a]\nx = 1\n",
        "[own]\nx = 2\n\n[a]\nx = 1\n",
        "[a]\nx = 1\n\n[own]\nx = 3\n",
    ),
    "a key twice in YAML": (
        "compose.yaml",
        "a: 1\nb: 2\n",
        "a: 1\nb: 2\nc: 3\n",
        "c: 4\na: 1\nb: 2\n",
    ),
    "a function of no statement in Python": (
        "manage.py",
        "def go():\n    one()\n    two()\n",
        "def go():\n    one()\n",
        "def go():\n    two()\n",
    ),
}


@pytest.mark.parametrize("sides", UNREADABLE.values(), ids=UNREADABLE)
def test_what_could_not_be_read_is_a_conflict(sides: tuple[str, str, str, str]) -> None:
    _, base, ours, theirs = sides

    assert outcome("notes.txt", base, ours, theirs) != "a conflict"
    assert outcome(*sides) == "a conflict"


def test_what_the_owner_left_unreadable_is_merged_all_the_same() -> None:
    ours, theirs = MODULE + "to do:\n", MODULE.replace('"A module."', '"Mine."')

    assert module(ours, theirs) == theirs + "to do:\n"


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.json", '{"a": 1, "a": 2}'),
        ("a.json", "{"),
        ("a.toml", "a = 1\na = 2\n"),
        ("a.yaml", "a:\n  b: 1\n  b: 2\n"),
        ("a.yml", "a: ]"),
        ("a.py", "return 1"),
        ("a.py", "x = '\0'"),
        ("requirements.txt", "two words"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_can_not_be_read(path: str, text: str) -> None:
    assert not reads(path, text.encode())


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.json", "\ufeff[1 , 2]\r\n"),
        ("a.toml", "\ufeffa = 1\r\n"),
        ("a.yaml", "--- !tag\na: &b {c: 1}\nd: *b\n---\n[]\n"),
        ("a.py", "x = '\\d'\r\n"),
        ("requirements.txt", "-r other.txt\nflask==3.1"),
        ("notes.txt", "{"),
    ],
)
def test_a_file_that_is_what_its_name_says_can_be_read(path: str, text: str) -> None:
    assert reads(path, text.encode())
