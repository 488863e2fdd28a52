"""Our own catalogue keeps the contract that it asks of others."""

import re
from pathlib import Path

import pytest

from scaffold_cli import locations, slots
from scaffold_cli.catalog import Catalog, roles
from scaffold_cli.testing import ConformanceCheck, checks, contract

# Pairs, and what ruff says, are looked at for all extensions at once in test_combinations.
ELSEWHERE = (contract.stands_beside_any_other, contract.is_clean)
OWN = [check for check in checks(locations.EXTENSIONS) if check.check not in ELSEWHERE]


@pytest.mark.parametrize("check", OWN, ids=str)
def test_an_extension_of_ours_keeps_the_contract(check: ConformanceCheck) -> None:
    check()


def test_a_role_is_played_by_its_default() -> None:
    provided = {extension.id: extension.provides for extension in Catalog()}

    assert {role: provided[default] for role, default in roles().items()} == {r: r for r in roles()}


def test_every_slot_is_in_a_file_of_the_template_once() -> None:
    layers = [Path(locations.BASE), *Path(locations.EXTENSIONS).glob("*/files")]
    markers: list[tuple[str, str]] = []
    for layer in layers:
        for file in (p for p in layer.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
            found = slots.MARKER.findall(file.read_text("utf-8", "replace"))
            markers += [(name, file.relative_to(layer).as_posix()) for _, name in found]

    declared = {(s.id, s.file) for s in slots.declared().values() if s.kind != "json"}
    assert sorted({*markers}) == sorted(declared)
    # Each of those that provide accounts brings its own auth/, each queue its own task_queue.py.
    several = re.compile(r"/auth/|/task_queue\.py$")
    once = [marker for marker in markers if not several.search(marker[1])]
    assert len({*once}) == len(once)


def test_what_mongoengine_brings_without_pymongo_is_what_pymongo_would() -> None:
    with_, without = (
        Path(locations.EXTENSIONS, folder) for folder in ("pymongo", "mongoengine/without/pymongo")
    )
    shared = ["files/{{cookiecutter.package}}/mongodb.py", "slots/test-settings.py"]
    shared += [f"slots/{file.name}" for file in with_.glob("slots/compose-*")]

    for path in shared:
        assert (with_ / path).read_text() == (without / path).read_text(), path
