"""The contract of an extension with everything beside it, as checks on its folder; see docs/extensions.md.

Each function yields what is wrong, a line each. Nothing is installed, and nothing of the extension is run.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from .. import slots
from ..catalog import Catalog, roles
from ..errors import ScaffoldError
from ..extension import Extension
from ..layers import JUNK
from ..manifest_schema import problems as schema_problems
from ..render import render
from ..tree import Tree
from . import trees
from .selections import Selection, accepts

LONG = f"project_slug=s{'-long' * 11} blueprints=b{'_long' * 5} apps=a{'_long' * 5}"

Check = Callable[[Extension, Catalog], Iterator[str]]


def keeps_the_schema(extension: Extension, catalog: Catalog) -> Iterator[str]:
    """Yield what the published schema says of the manifest."""
    yield from schema_problems(extension.folder)


def names_what_exists(extension: Extension, catalog: Catalog) -> Iterator[str]:
    """Yield extensions, roles and options that it names and that there are none of."""
    ids = {other.id for other in catalog}
    for key in ("requires", "after"):
        for name in getattr(extension, key):
            if name not in ids | roles().keys():
                yield f"{key}: there is no extension or role {name!r}"
    for name in extension.conflicts:
        if name not in ids:
            yield f"conflicts: there is no extension {name!r}"
    known = ids | _roles(catalog) | _options(catalog, extension)
    for bridge in _bridges(extension):
        for term in bridge.name.split("+"):
            if term not in known:
                yield f"{_inside(bridge, extension)}: there is no {term!r} to stand beside"


def _roles(catalog: Catalog) -> set[str]:
    return {extension.provides for extension in catalog} | {*roles()}


def _options(catalog: Catalog, own: Extension) -> set[str]:
    terms = {
        f"{extension.id}.{name}={value}"
        for extension in catalog
        for name, option in extension.options.items()
        for value in option.choices
    }
    return terms | {term.removeprefix(f"{own.id}.") for term in terms}


def _bridges(extension: Extension) -> Iterator[Path]:
    for kind in ("with", "without"):
        yield from _glob(extension, f"**/{kind}/*")


def _glob(extension: Extension, pattern: str) -> Iterator[Path]:
    for folder in extension.folders:
        found = Path(folder).glob(pattern)
        yield from (path for path in found if path.name not in JUNK)


def _inside(path: Path, extension: Extension) -> str:
    folder = next(folder for folder in extension.folders if path.is_relative_to(folder))
    return path.relative_to(folder).as_posix()


def fills_slots_that_exist(extension: Extension, catalog: Catalog) -> Iterator[str]:
    """Yield fragments for slots that nobody declares, folders that nobody reads among them."""
    for fragment in _glob(extension, "**/slots/*"):
        if fragment.name.partition(".")[0] not in slots.declared():
            yield f"{_inside(fragment, extension)}: there is no such slot"


def tells_its_owner(extension: Extension, catalog: Catalog) -> Iterator[str]:
    """Yield what is missing for those who get it: documentation, a paragraph, a test."""
    if not extension.docs:
        yield "docs: missing"
    if not list(_glob(extension, "**/slots/readme*.md")):
        yield "slots/readme.md: missing"
    code = extension.wire or list(_glob(extension, "files/*/*.py"))
    if code and not list(_glob(extension, "**/files/*/tests/test_*.py")):
        yield "files/{{cookiecutter.package}}/tests/test_*.py: missing"
    if extension.wire and not extension.bound:
        yield "bound: missing, so that scaffold doctor can't look for it"


def stands_alone(extension: Extension, catalog: Catalog) -> Iterator[str]:
    """Yield what is wrong with a project that has it and what it requires, and nothing else."""
    for deploy in ("none", "anywhere"):
        yield from _wrong(Selection.of(f"{extension.id} deploy={deploy}"), catalog)


def stands_beside_any_other(extension: Extension, catalog: Catalog) -> Iterator[str]:
    """Yield what is wrong with projects that have it and one other extension."""
    for other in catalog:
        if accepts(catalog, extension.id, other.id):
            yield from _wrong(Selection.of(f"{extension.id} {other.id}"), catalog)


def _wrong(selection: Selection, catalog: Catalog) -> Iterator[str]:
    try:
        tree = render(selection.answers(), catalog)
    except ScaffoldError as error:
        yield f"{selection}: {error.message}"
        return
    yield from (f"{selection}: {problem}" for problem in trees.problems(tree, catalog.folders[1:]))


def is_clean(extension: Extension, catalog: Catalog) -> Iterator[str]:
    """Yield what ruff says of its Python, with short names and with long ones."""
    chosen = [Selection.of(extension.id), Selection.of(f"{extension.id} {LONG}")]
    rendered: list[Tree] = [render(one.answers(), catalog) for one in chosen]
    if words := trees.formatting(rendered):
        yield words


# In the order in which mending them makes sense.
CHECKS: tuple[Check, ...] = (
    keeps_the_schema,
    names_what_exists,
    fills_slots_that_exist,
    tells_its_owner,
    stands_alone,
    stands_beside_any_other,
    is_clean,
)
