"""Render: from answers to a project's tree, as a pure function.

    answers --resolve--> layers --lay--> files, disjoint
                               \\-collect--> fragments --fold--> shared files --pins--> tree

Nothing here depends on the order in which things were asked for, on the clock, on chance, on the network, or on
the project's folder. So any order of choices gives the same bytes, and a change of the answers is a change of the tree.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from . import layers, pins, slots
from .answers import Answers
from .catalog import Catalog
from .errors import ManifestError
from .layers import Layer
from .names import check_apps, check_blueprints
from .tree import File, Policy, Tree, is_allowed


def render(answers: Answers, catalog: Catalog) -> Tree:
    """Return the project that the answers describe.

    Args:
        answers: Complete answers.
        catalog: Where the extensions are.

    Raises:
        CatalogError: The selection can't stand together.
        ManifestError: A layer breaks the contract for authors.
    """
    stack = layers.stack(answers, catalog.resolve(answers.asked()))
    files = _lay(stack)
    fragments = [fragment for layer in stack for fragment in layers.fragments(layer)]
    fragments += _dependencies(stack)
    fragments += _requirements(stack, pins.tested(*catalog.folders[1:]))
    _fold(files, fragments, answers)
    return dict(sorted(files.items()))


def _lay(stack: Iterable[Layer]) -> dict[str, File]:
    """Lay the layers' files over one another; a path has one owner."""
    files: dict[str, File] = {}
    owners: dict[str, str] = {}  # by the path as systems see it that know no case
    for layer in stack:
        if ":" in layer.owner:
            _refuse_taken(layer, files)
        for path, content in layers.files(layer):
            _refuse_outside(path, layer.owner)
            owner = owners.setdefault(path.casefold(), layer.owner)
            if path in files or owner != layer.owner:
                raise ManifestError(
                    f"{layer.owner} and {owner} both bring {path}.",
                    "A path has one owner: move what they share into a slot or a bridge.",
                )
            files[path] = File(content, layer.owner, _policy(path, layer))
    _refuse_twins(files)
    return files


def _refuse_twins(files: Mapping[str, File]) -> None:
    """Refuse two spellings of a folder, and a file where there is a folder."""
    folders: dict[str, str] = {}  # by the path as systems see it that know no case
    for path, file in files.items():
        folder = path.rpartition("/")[0]
        while folder:
            if folders.setdefault(folder.casefold(), folder) != folder:
                raise ManifestError(
                    f"{file.owner} brings {path}, and another folder is {folders[folder.casefold()]}.",
                    "Write the folder's name as all others do.",
                )
            folder = folder.rpartition("/")[0]
    for path, file in files.items():
        if path.casefold() in folders:
            raise ManifestError(
                f"{file.owner} brings the file {path}, where another brings a folder.",
                "Give it another name.",
            )


def _refuse_outside(path: str, owner: str) -> None:
    if not is_allowed(path):
        raise ManifestError(
            f"{owner} brings {path!r}, where no extension may write.",
            "Its files stand in the project, and not in .git, .venv, .scaffold or .env.",
        )


def _refuse_taken(layer: Layer, files: Mapping[str, File]) -> None:
    """Refuse a blueprint's or an application's name that another module or folder of the package has."""
    package = layer.names["package"] + "/"
    inside = (path[len(package) :] for path in files if path.startswith(package))
    taken = {path.partition("/")[0].removesuffix(".py") for path in inside}
    kind, _, name = layer.owner.partition(":")
    check = check_blueprints if kind == "blueprint" else check_apps
    check([name], taken)


def _policy(path: str, layer: Layer) -> Policy:
    inside = path.removeprefix(layer.names["package"] + "/")
    return "seed" if any(fnmatchcase(inside, seed) for seed in layer.manifest.seed) else "managed"


def _dependencies(stack: Sequence[Layer]) -> Iterator[slots.Fragment]:
    """Yield what ``pyproject.toml`` asks for: each package once, where the first layer asks for it."""
    run = [requirement for layer in stack for requirement in layer.requirements]
    develop = [requirement for layer in stack for requirement in layer.dev_requirements]
    left, left_to_develop = pins.united(run), pins.united(develop, besides=run)
    for layer in stack:
        for requirement in layer.requirements:
            if asked := left.pop(requirement, ""):
                yield slots.Fragment("dependencies", layer.owner, f'"{asked}",')
        for requirement in layer.dev_requirements:
            if asked := left_to_develop.pop(requirement, ""):
                yield slots.Fragment("dev-dependencies", layer.owner, f'"{asked}",')


def _requirements(stack: Sequence[Layer], tested: pins.Pins) -> list[slots.Fragment]:
    """Return the pinned closures of what the layers require, for running and for developing."""
    run = [requirement for layer in stack for requirement in layer.requirements]
    develop = [requirement for layer in stack for requirement in layer.dev_requirements]
    return [
        slots.Fragment("requirements", "base", tested.closure(run)),
        slots.Fragment("requirements-dev", "base", tested.closure(develop, besides=run)),
    ]


def _fold(files: dict[str, File], fragments: Iterable[slots.Fragment], answers: Answers) -> None:
    """Put the fragments into the files that have slots; those for an absent file are dropped."""
    by_slot: dict[str, list[slots.Fragment]] = {}
    for fragment in fragments:
        by_slot.setdefault(fragment.slot, []).append(fragment)
    names = answers.names()
    for path, own in slots.by_file().items():
        path = layers.in_path(path, names)
        if path in files:
            text, tags = slots.fold(files[path].content.decode(), own, by_slot)
            files[path] = files[path]._replace(content=text.encode(), policy="derived", tags=tags)
