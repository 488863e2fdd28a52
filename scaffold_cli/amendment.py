"""Amendments: what ``add``, ``remove`` and ``set`` make of a project's answers."""

from collections.abc import Iterable, Mapping

from .answers import ALWAYS, Answers, complete, given_in, questions
from .catalog import Catalog, base, roles
from .errors import AnswersError, CatalogError
from .extension import Extension

FIXED = ("project_slug", "package")


def with_added(answers: Answers, ids: Iterable[str]) -> Answers:
    """Return answers that also ask for these extensions."""
    return answers._replace(extensions=tuple(sorted({*answers.extensions, *ids})))


def with_removed(answers: Answers, ids: Iterable[str], catalog: Catalog) -> Answers:
    """Return answers that do not ask for these extensions, nor choose any option of theirs.

    Raises:
        CatalogError: One of them is not there, or is there because something else is.
    """
    gone = set(ids)
    before = {extension.id: extension for extension in catalog.resolve(answers.asked())}
    for name in sorted(gone - before.keys()):
        raise CatalogError(f"{name} is not in this project.", "See: scaffold status")
    left = answers._replace(extensions=tuple(e for e in answers.extensions if e not in gone))
    after = {extension.id: extension for extension in catalog.resolve(left.asked())}
    for name in sorted(gone & after.keys()):
        raise _needed(before[name], left, after.values())
    options = tuple((key, v) for key, v in answers.options if key.partition(".")[0] in after)
    return left._replace(options=options)


def _needed(extension: Extension, left: Answers, after: Iterable[Extension]) -> CatalogError:
    """Say why an extension can't be removed."""
    needing = sorted(e.id for e in after if {extension.id, extension.provides} & {*e.requires})
    if needing:
        return CatalogError(
            f"{extension.id} is needed by {', '.join(needing)}.",
            f"Remove them together: scaffold remove {' '.join([extension.id, *needing])}",
        )
    if extension.provides == "server":
        return CatalogError(
            f"{extension.id} is the server, which every project has.",
            "Choose another one, as in: scaffold set server=granian",
        )
    return CatalogError(
        f"{extension.id} belongs to the answer deploy={left.deploy}.",
        "Change that: scaffold set deploy=none",
    )


def recast(asked: Iterable[str], role: str, name: str, catalog: Catalog) -> set[str]:
    """Return the extensions asked for, with another one in a role that is played in every project.

    Args:
        asked: Their ids.
        role: Such as ``server``.
        name: Who is to play it; nobody has to be asked for who plays it unless another does.
        catalog: Where the extensions are.

    Raises:
        CatalogError: There is no such extension, or it can't play this role.
    """

    def plays(extension: Extension) -> bool:
        """Tell whether an extension plays the role, or brings who does, as gevent brings gunicorn."""
        brought = [catalog[needed] for needed in extension.requires if needed in catalog]
        return role in (extension.provides, *(other.provides for other in brought))

    extension, _ = catalog.find(name)
    if not plays(extension):
        raise CatalogError(
            f"{extension.id} is no {role}.",
            "Choose one of: " + ", ".join(known.id for known in catalog if plays(known)),
        )
    others = {known for known in asked if not (known in catalog and plays(catalog[known]))}
    return others if extension.id == roles()[role] else {*others, extension.id}


def with_roles(answers: Answers, given: Mapping[str, str], catalog: Catalog) -> Answers:
    """Return answers in which roles that are always played are given to other extensions.

    Args:
        answers: The answers so far.
        given: Names of extensions by role.
        catalog: Where the extensions are.

    Raises:
        CatalogError: One of them is not there, or can't play its role.
    """
    asked = {*answers.extensions}
    for role, name in given.items():
        asked = recast(asked, role, name, catalog)
    gone = {*answers.extensions} - asked
    options = tuple(pair for pair in answers.options if pair[0].partition(".")[0] not in gone)
    return answers._replace(extensions=tuple(sorted(asked)), options=options)


def with_set(answers: Answers, given: Mapping[str, str]) -> Answers:
    """Return answers some of which are given anew.

    Args:
        answers: The answers so far.
        given: Answers by question; ``options`` are laid over those that there are.

    Raises:
        AnswersError: There is no such question, or its answer can't be changed.
    """
    for name in given:
        if name not in questions():
            raise AnswersError(
                f"There is no question {name!r}.",
                "The questions: " + ", ".join([*questions(), *ALWAYS]),
            )
        if name in FIXED and given[name] != getattr(answers, name):
            raise AnswersError(
                f"{name} can't be changed: your own files and imports know it.",
                "Make another project, and move what is yours.",
            )
    kept = given_in(_as_data(answers))
    options = dict(answers.options) | dict(
        item.split("=", 1) for item in given.get("options", "").split()
    )
    words = " ".join(f"{key}={value}" for key, value in options.items())
    return complete({**kept, **given, "options": words})


def _as_data(answers: Answers) -> dict[str, object]:
    data = {
        key: [*value] if isinstance(value, tuple) else value
        for key, value in answers._asdict().items()
    }
    return {**data, "options": dict(answers.options)}


def found(names: Iterable[str], catalog: Catalog) -> tuple[list[str], list[str]]:
    """Return the ids that names stand for, and the reasons of those that stand in for another."""
    ids, reasons = [], []
    for name in names:
        extension, reason = catalog.find(name)
        if extension == base():
            reasons.append(reason or f"{name} is in every project.")
            continue
        ids.append(extension.id)
        if reason:
            reasons.append(reason)
    return ids, reasons
