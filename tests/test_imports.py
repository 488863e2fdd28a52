"""Import blocks: several made one, in the order that ruff asks for."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scaffold_cli import imports

MODULES = ["os", "sys", "json", "flask", "flask_login", "redis", "a.b", "typing", "collections.abc"]
NAMES = ["Flask", "abort", "URL", "g", "Cache", "cached", "a", "B", "DB_URL", "x1"]


def statements() -> st.SearchStrategy[str]:
    plain = st.sampled_from(MODULES).map("import {}".format)
    absolute = st.builds(
        "from {} import {}".format, st.sampled_from(MODULES), st.sampled_from(NAMES)
    )
    relative = st.builds(
        "from {}{} import {}".format,
        st.sampled_from([".", ".."]),
        st.sampled_from(["", "models", "core.app"]),
        st.sampled_from(NAMES),
    )
    renamed = absolute.map("{} as other".format)
    return st.one_of(plain, absolute, relative, renamed)


@given(st.lists(statements(), max_size=8), st.randoms())
def test_the_order_in_which_imports_come_does_not_matter(lines: list[str], random: object) -> None:
    shuffled = lines[:]
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert imports.block(imports.parse("\n".join(lines))) == imports.block(
        imports.parse("\n".join(shuffled))
    )


@given(st.lists(statements(), max_size=8))
def test_a_block_merged_again_stays_as_it_is(lines: list[str]) -> None:
    once = imports.block(imports.parse("\n".join(lines)))

    assert imports.block(imports.parse(once)) == once


def test_ruff_finds_nothing_to_sort_or_format(tmp_path: Path) -> None:
    @given(st.lists(statements(), min_size=1, max_size=12))
    def write(lines: list[str]) -> None:
        block = imports.block(imports.parse("\n".join(lines)))
        (tmp_path / f"m{len(list(tmp_path.iterdir()))}.py").write_text(block + "\n")

    write()

    options = ["--isolated", "--no-cache", str(tmp_path)]
    ruff = [sys.executable, "-m", "ruff"]
    sorted_ = subprocess.run(
        [*ruff, "check", "--select", "I", "--line-length", "88", *options], capture_output=True
    )
    formatted = subprocess.run([*ruff, "format", "--check", *options], capture_output=True)
    assert sorted_.returncode == 0, sorted_.stdout.decode()
    assert formatted.returncode == 0, formatted.stdout.decode()


def test_a_long_statement_is_wrapped() -> None:
    names = ", ".join(f"a_rather_long_name_{n}" for n in range(5))

    block = imports.block(imports.parse(f"from somewhere import {names}"))

    assert block.startswith("from somewhere import (\n    a_rather_long_name_0,\n")
    assert block.endswith(",\n)")


SOURCE = '''"""Doc."""

import os

from flask import Flask
# slot: here
from .models import Page

x = 1
'''


def test_fragments_join_the_imports_around_the_marker() -> None:
    merged = imports.merge_into(SOURCE, 5, ["from flask import abort\nimport sys"])

    assert (
        merged
        == '''"""Doc."""

import os
import sys

from flask import Flask, abort

from .models import Page

x = 1
'''
    )


def test_a_marker_without_imports_goes_with_the_blank_line_before_it() -> None:
    assert (
        imports.merge_into('"""Doc."""\n\n# slot: here\n\nx = 1\n', 2, [])
        == '"""Doc."""\n\nx = 1\n'
    )


def test_imports_behind_other_code_stay_where_they_are() -> None:
    source = "import os\n\nx = 1\n# slot: here\nfrom late import thing\n"

    merged = imports.merge_into(source, 3, ["import sys"])

    assert merged == "import os\n\nx = 1\nimport sys\n\nfrom late import thing\n"


def test_anything_but_imports_is_refused() -> None:
    with pytest.raises(ValueError, match="not an import"):
        imports.parse("print(1)")
