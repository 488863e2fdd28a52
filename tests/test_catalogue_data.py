"""Our own catalogue keeps the contract that it asks of others."""

from pathlib import Path

import pytest

from scaffold_cli import locations, slots
from scaffold_cli.catalog import Catalog
from scaffold_cli.extension import Extension
from scaffold_cli.manifest_schema import problems

EXTENSIONS = list(Catalog())
ids = [extension.id for extension in EXTENSIONS]


@pytest.mark.parametrize("extension", EXTENSIONS, ids=ids)
def test_a_manifest_keeps_the_schema(extension: Extension) -> None:
    assert list(problems(extension.folder)) == []


@pytest.mark.parametrize("extension", EXTENSIONS, ids=ids)
def test_an_extension_names_only_extensions_that_exist(extension: Extension) -> None:
    assert {*extension.requires, *extension.after, *extension.conflicts} <= set(ids)


@pytest.mark.parametrize("extension", EXTENSIONS, ids=ids)
def test_an_extension_brings_a_test_documentation_and_a_paragraph(extension: Extension) -> None:
    folder = Path(extension.folder)

    assert list(folder.glob("files/*/tests/test_*.py"))
    assert extension.docs
    assert (folder / "slots/readme.md").is_file()


@pytest.mark.parametrize("extension", EXTENSIONS, ids=ids)
def test_fragments_are_for_slots_that_exist_and_bridges_lead_to_extensions(
    extension: Extension,
) -> None:
    folder = Path(extension.folder)

    assert {p.name.partition(".")[0] for p in folder.glob("**/slots/*")} <= slots.declared().keys()
    for bridge in [*folder.glob("with/*"), *folder.glob("without/*")]:
        assert set(bridge.name.split("+")) <= {*ids, "heroku", "uwsgi"}


def test_every_slot_is_in_a_file_of_the_template_once() -> None:
    layers = [Path(locations.BASE), *(p / "files" for p in Path(locations.DEPLOY).iterdir())]
    markers: list[tuple[str, str]] = []
    for layer in layers:
        for file in (p for p in layer.rglob("*") if p.is_file() and "__pycache__" not in p.parts):
            found = slots.MARKER.findall(file.read_text("utf-8"))
            markers += [(name, file.relative_to(layer).as_posix()) for _, name in found]

    declared = {(s.id, s.file) for s in slots.declared().values() if s.kind != "json"}
    assert sorted(markers) == sorted(declared)
