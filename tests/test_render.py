"""Render: a pure function of the answers, whose trees are whole, clean and disjoint."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from conftest import MakeCatalog
from hypothesis import given, settings
from hypothesis import strategies as st

from scaffold_cli.answers import Answers, complete, presets, questions
from scaffold_cli.catalog import Catalog
from scaffold_cli.errors import AnswersError, CatalogError, ManifestError
from scaffold_cli.render import render
from scaffold_cli.slots import MARKER
from scaffold_cli.tree import Tree

CATALOG = Catalog()
IDS = [extension.id for extension in CATALOG]
SELECTIONS = [set(c) for size in range(len(IDS) + 1) for c in combinations(IDS, size)]
WINDOWS_FORBIDDEN = re.compile(r'[<>:"\\|?*\x00-\x1f]|[. ]$|[. ]/')

selections = st.lists(st.sampled_from(IDS), unique=True)
blueprint_names = st.lists(
    st.sampled_from(["blog", "orders", "a1", "very_" * 5 + "long"]), unique=True
)


def tree_of(extensions: object, **given: str) -> Tree:
    text = " ".join(extensions)  # type: ignore[call-overload]
    return render(complete({"project_name": "My Shop", "extensions": text, **given}), CATALOG)


@pytest.fixture(scope="module")
def every_tree() -> dict[str, Tree]:
    """All selections there are, rendered."""
    return {" ".join(sorted(chosen)): tree_of(sorted(chosen)) for chosen in SELECTIONS}


@given(selections, st.randoms(), blueprint_names)
def test_any_order_of_choices_gives_the_same_bytes(
    chosen: list[str], random: object, blueprints: list[str]
) -> None:
    one = tree_of(chosen, blueprints=" ".join(blueprints))
    random.shuffle(chosen)  # type: ignore[attr-defined]
    random.shuffle(blueprints)  # type: ignore[attr-defined]

    assert tree_of(chosen, blueprints=" ".join(blueprints)) == one


@given(selections)
def test_naming_what_comes_anyway_changes_nothing(chosen: list[str]) -> None:
    closed = [extension.id for extension in CATALOG.resolve(chosen)]

    assert tree_of(closed) == tree_of(chosen)


def test_no_marker_and_no_template_name_is_left(every_tree: dict[str, Tree]) -> None:
    for tree in every_tree.values():
        for path, file in tree.items():
            assert "cookiecutter" not in path
            text = file.content.decode()
            assert not MARKER.search(text), path
            assert "cookiecutter" not in text, path


def test_every_file_parses(every_tree: dict[str, Tree]) -> None:
    parsers: dict[str, Callable[[str], object]] = {
        ".py": ast.parse,
        ".toml": tomllib.loads,
        ".json": json.loads,
    }
    contents = {(p, f.content) for tree in every_tree.values() for p, f in tree.items()}
    for path, content in contents:
        parse = parsers.get(Path(path).suffix)
        if parse:
            parse(content.decode())


def test_text_ends_with_one_line_end_and_has_no_other_kind(every_tree: dict[str, Tree]) -> None:
    contents = {(p, f.content) for tree in every_tree.values() for p, f in tree.items()}
    for path, content in contents:
        assert b"\r" not in content, path
        assert not content or (content.endswith(b"\n") and not content.endswith(b"\n\n")), path
        lines = content.decode().split("\n")
        assert not any(line != line.rstrip() for line in lines), path
        assert not content.startswith(b"\n"), path


def test_every_path_is_valid_on_windows_and_no_two_differ_only_in_case(
    every_tree: dict[str, Tree],
) -> None:
    for tree in every_tree.values():
        assert not [path for path in tree if WINDOWS_FORBIDDEN.search(path)]
        assert len({path.casefold() for path in tree}) == len(tree)
        assert max(map(len, tree)) < 100


def test_a_project_has_no_trace_of_a_choice_not_made(every_tree: dict[str, Tree]) -> None:
    tells = {
        "sqlalchemy": re.compile(r"sqlalchemy|\bdb\.|database", re.I),
        "migrate": re.compile(r"migrat|alembic", re.I),
        "wtf": re.compile(r"wtf|csrf", re.I),
        "debugtoolbar": re.compile(r"debugtoolbar|debug toolbar|DEBUG_TB", re.I),
        "login": re.compile(r"flask.login|current_user|argon2", re.I),
        "mail": re.compile(r"flask.mail|MAIL_", re.I),
        "redis": re.compile(r"redis", re.I),
    }
    for selection, tree in every_tree.items():
        absent = set(IDS) - {e.id for e in CATALOG.resolve(selection.split())}
        for path, file in tree.items():
            if path == ".gitignore":
                continue  # a line there costs nothing and may save a secret or a database
            for extension in absent:
                found = tells[extension].search(file.content.decode())
                assert not found, f"{extension} in {path} of {selection or 'nothing'}: {found}"


def test_python_is_clean_whatever_is_chosen_and_however_long_the_names(
    every_tree: dict[str, Tree], tmp_path: Path
) -> None:
    long = {"project_name": "An " + "extraordinarily " * 6 + "long name"}
    named = {"project_slug": "s" + "-long" * 11, "blueprints": "b" + "_long" * 5 + " x"}
    trees = {**every_tree, "long": tree_of(IDS, **long, **named), "short": tree_of([], **named)}
    seen: set[tuple[str, bytes]] = set()
    for number, tree in enumerate(trees.values()):
        for path, file in tree.items():
            if (path, file.content) in seen or not path.endswith((".py", "pyproject.toml")):
                continue
            if path.endswith(".py"):
                seen.add((path, file.content))
            target = tmp_path / str(number) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.content)

    ruff = [sys.executable, "-m", "ruff"]
    for command in (["check", "--no-cache"], ["format", "--check", "--no-cache"]):
        done = subprocess.run([*ruff, *command, str(tmp_path)], capture_output=True, text=True)
        assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize("deploy", questions()["deploy"].choices)
def test_a_deploy_target_brings_its_files_and_no_other_targets(deploy: str) -> None:
    tree = tree_of(presets()["full"], deploy=deploy)

    assert ("app.json" in tree) == (deploy in ("anywhere", "heroku"))
    assert ("my_shop.ini" in tree) == (deploy in ("anywhere", "uwsgi"))
    assert ("gunicorn.conf.py" in tree) == (deploy != "uwsgi")
    readme = tree["README.md"].content.decode()
    assert ("app.json" in readme) == (deploy in ("anywhere", "heroku"))


@pytest.mark.parametrize("twin", ["x.txt", "X.txt"])
def test_two_owners_of_a_path_are_refused(
    make_catalog: MakeCatalog, answers: Callable[..., Answers], twin: str
) -> None:
    catalog = make_catalog(
        {
            "a/extension.toml": "",
            "a/files/x.txt": "",
            "b/extension.toml": "",
            f"b/files/{twin}": "",
        }
    )

    with pytest.raises(ManifestError, match=f"b and a both bring {twin}"):
        render(answers(extensions="a b"), catalog)


@pytest.mark.parametrize("name", ["public", "settings", "core", "pages"])
def test_a_blueprint_named_like_a_part_of_the_package_is_refused(name: str) -> None:
    with pytest.raises(AnswersError, match="taken"):
        tree_of(presets()["web"], blueprints=name)


def test_a_requirement_outside_the_tested_set_is_named(
    make_catalog: MakeCatalog, answers: Callable[..., Answers]
) -> None:
    catalog = make_catalog({"a/extension.toml": 'requirements = ["left-pad"]'})

    with pytest.raises(Exception, match="left-pad is not in the tested set"):
        render(answers(extensions="a"), catalog)


def test_an_unknown_extension_is_refused_before_anything_is_made() -> None:
    with pytest.raises(CatalogError, match="no extension 'sqlalchmy'"):
        tree_of(["sqlalchmy"])


@settings(max_examples=30)
@given(selections)
def test_every_file_has_an_owner_and_shared_files_are_derived(chosen: list[str]) -> None:
    resolved = {extension.id for extension in CATALOG.resolve(chosen)}
    tree = tree_of(chosen)

    assert {file.owner for file in tree.values()} - resolved <= {"base", "heroku", "uwsgi"}
    assert tree["my_shop/extensions.py"].policy == "derived"
    assert tree["my_shop/core/app.py"].policy == "managed"
    assert tree["my_shop/public/views.py"].policy == "seed"
