"""Our own catalogue keeps the contract that it asks of others."""

from pathlib import Path

import pytest

from scaffold_cli import locations, slots
from scaffold_cli.catalog import Catalog, roles
from scaffold_cli.extension import Extension
from scaffold_cli.manifest_schema import problems

EXTENSIONS = list(Catalog())
ids = [extension.id for extension in EXTENSIONS]
NAMES = {*ids, *roles()}  # what a manifest may ask for


@pytest.mark.parametrize("extension", EXTENSIONS, ids=ids)
def test_a_manifest_keeps_the_schema(extension: Extension) -> None:
    assert list(problems(extension.folder)) == []


@pytest.mark.parametrize("extension", EXTENSIONS, ids=ids)
def test_an_extension_names_only_extensions_that_exist(extension: Extension) -> None:
    assert {*extension.requires, *extension.after} <= NAMES
    assert {*extension.conflicts} <= set(ids)


def test_a_role_is_played_by_its_default() -> None:
    provided = {extension.id: extension.provides for extension in EXTENSIONS}

    assert {role: provided[default] for role, default in roles().items()} == {r: r for r in roles()}


@pytest.mark.parametrize("extension", EXTENSIONS, ids=ids)
def test_an_extension_brings_a_test_documentation_and_a_paragraph(extension: Extension) -> None:
    folder = Path(extension.folder)

    assert extension.docs
    assert list(folder.glob("slots/readme*.md"))
    if extension.wire or list(folder.glob("files/*/*.py")):
        assert list(folder.glob("files/*/tests/test_*.py"))
    if extension.wire:
        assert extension.bound


@pytest.mark.parametrize("extension", EXTENSIONS, ids=ids)
def test_fragments_are_for_slots_that_exist_and_bridges_lead_to_extensions(
    extension: Extension,
) -> None:
    folder = Path(extension.folder)

    assert {p.name.partition(".")[0] for p in folder.glob("**/slots/*")} <= slots.declared().keys()
    options = {
        f"{e.id}.{name}={value}"
        for e in EXTENSIONS
        for name, o in e.options.items()
        for value in o.choices
    }
    own = {option.removeprefix(f"{extension.id}.") for option in options}
    for bridge in [*folder.glob("**/with/*"), *folder.glob("**/without/*")]:
        assert set(bridge.name.split("+")) <= NAMES | options | own


def test_every_slot_is_in_a_file_of_the_template_once() -> None:
    layers = [Path(locations.BASE), *Path(locations.EXTENSIONS).glob("*/files")]
    markers: list[tuple[str, str]] = []
    for layer in layers:
        for file in (p for p in layer.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
            found = slots.MARKER.findall(file.read_text("utf-8", "replace"))
            markers += [(name, file.relative_to(layer).as_posix()) for _, name in found]

    declared = {(s.id, s.file) for s in slots.declared().values() if s.kind != "json"}
    assert sorted(markers) == sorted(declared)
