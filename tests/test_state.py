"""The record that a project keeps of its own making."""

import tomllib
from hashlib import sha256

from scaffold_cli import __version__, state
from scaffold_cli.answers import complete
from scaffold_cli.catalog import Catalog
from scaffold_cli.cli.selection import read_answers
from scaffold_cli.render import render
from scaffold_cli.tree import File

ANSWERS = complete(
    {
        "project_name": "L'Été & Co",
        "extensions": "redis mail",
        "blueprints": "b a",
        "deploy": "heroku",
    }
)
TREE = render(ANSWERS, Catalog())
RECORD = state.record(ANSWERS, TREE)
STATE = tomllib.loads(RECORD[state.STATE].decode())


def test_the_state_holds_the_answers_the_template_and_every_file() -> None:
    assert STATE["template"] == {"version": __version__, "digest": state.digest(TREE)}
    assert STATE["answers"]["project_name"] == "L'Été & Co"
    assert STATE["answers"]["extensions"] == ["mail", "redis"]
    assert STATE["answers"]["blueprints"] == ["a", "b"]
    assert STATE["files"].keys() == TREE.keys()
    for path, facts in STATE["files"].items():
        assert facts == {
            "owner": TREE[path].owner,
            "policy": TREE[path].policy,
            "sha256": sha256(TREE[path].content).hexdigest(),
        }


def test_applications_are_recorded_where_there_are_any() -> None:
    record = state.record(ANSWERS._replace(apps=("backend", "frontend")), {})

    assert "apps" not in STATE["answers"]
    recorded = tomllib.loads(record[state.STATE].decode())["answers"]["apps"]
    assert recorded == ["backend", "frontend"]


def test_the_base_is_a_mirror_of_what_was_generated() -> None:
    mirror = {path.removeprefix(state.BASE + "/"): text for path, text in RECORD.items()}
    del mirror[state.STATE], mirror[state.IGNORE]

    assert mirror == {path: file.content for path, file in TREE.items()}


def test_a_state_can_be_given_as_answers_again(tmp_path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "state.toml"
    file.write_bytes(RECORD[state.STATE])

    assert complete(read_answers(str(file))) == ANSWERS


def test_options_are_answers_too(tmp_path) -> None:  # type: ignore[no-untyped-def]
    answers = ANSWERS._replace(options=(("a.store", "disk"), ("b.c", "d")))
    file = tmp_path / "state.toml"
    file.write_bytes(state.record(answers, {})[state.STATE])

    assert complete(read_answers(str(file))) == answers


def test_each_fact_has_a_line_of_its_own() -> None:
    lines = RECORD[state.STATE].decode().splitlines()

    assert '    "mail",' in lines
    assert sum(line.startswith('"') for line in lines) == len(TREE)


def test_the_digest_tells_apart_contents_paths_and_modes() -> None:
    trees = [
        {"a": File(b"x", "base")},
        {"a": File(b"y", "base")},
        {"b": File(b"x", "base")},
        {"a": File(b"", "base"), "b": File(b"x", "base")},
        {},
    ]

    assert len({state.digest(tree) for tree in trees}) == len(trees)
    assert state.digest(trees[0]) == state.digest({"a": File(b"x", "else", "seed")})
