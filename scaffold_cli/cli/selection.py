"""From presets and flags to answers, and from answers back to the equivalent command."""

import re
from collections.abc import Container, Iterable, Mapping
from typing import Any, NamedTuple

import click

from ..amendment import recast
from ..answers import ALWAYS, Answers, default, given_in, presets, questions, words
from ..catalog import Catalog, base
from ..errors import AnswersError, CatalogError
from ..extension import Extension
from ..names import is_latin

DEFAULT_PRESET = "web"
# Answers that are one project's own, not a team's.
OWN = ("project_name", "project_slug", "package", "description")


class Selection(NamedTuple):
    """Which extensions are asked for: ``--preset``, ``--with``, ``--without``."""

    preset: str | None
    with_: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


def choose(given: dict[str, str], selection: Selection, catalog: Catalog) -> None:
    """Work out the answer ``extensions`` from the flags; without any, it stays as given.

    Args:
        given: Answers so far; ``extensions`` in it is the start unless there is a preset. Who plays a role, as in
            ``server=granian``, becomes one of them.
        selection: The flags.
        catalog: Where the extensions are.

    Raises:
        AnswersError: There is no such preset.
        CatalogError: An extension is unknown, or is left out though another needs it.
    """
    asked = _start(given, selection)
    for name in selection.with_:
        extension, reason = catalog.find(name)
        if extension == base():
            click.echo(reason or f"{name} is in every project.", err=True)
            continue
        if reason:
            click.echo(reason, err=True)
        asked.add(extension.id)
    left_out = {catalog.find(name)[0].id for name in selection.without}
    if base().id in left_out:
        raise CatalogError("The core is in every project.", "Leave extensions out: scaffold list")
    asked -= left_out
    for role in ALWAYS:
        if role in given:
            asked = recast(asked, role, given.pop(role), catalog)
    _refuse_left_out(catalog.resolve([*asked, *ALWAYS]), left_out)
    given["extensions"] = " ".join(sorted(asked))


def _refuse_left_out(resolved: Iterable[Extension], left_out: set[str]) -> None:
    """Refuse to leave out what comes all the same, as something else needs it."""
    for extension in resolved:
        for needed in extension.requires:
            if needed in left_out:
                raise CatalogError(
                    f"{extension.id} needs {needed}, which can't be left out.",
                    f"Leave both out: --without {extension.id} --without {needed}",
                )
    for extension in resolved:
        if extension.id in left_out:
            raise CatalogError(
                f"{extension.id} is the {extension.provides} unless another is chosen.",
                f"Choose another: scaffold search {extension.provides}",
            )


def brought(extensions: Iterable[Extension], asked: Container[str]) -> list[str]:
    """Return the extensions that others need and nobody asked for, each with those others."""
    extensions = [*extensions]
    needed_by = {
        e.id: [o.id for o in extensions if {e.id, e.provides} & {*o.requires}]
        for e in extensions
        if e.id not in asked
    }
    return [f"{name} (for {', '.join(others)})" for name, others in needed_by.items() if others]


def _start(given: Mapping[str, str], selection: Selection) -> set[str]:
    if selection.preset is None and "extensions" in given:
        return set(words(given["extensions"]))
    preset = selection.preset or DEFAULT_PRESET
    if preset not in presets():
        raise AnswersError(
            f"There is no preset {preset!r}.", "Choose one of: " + ", ".join(presets())
        )
    return set(presets()[preset])


def pairs(settings: Iterable[str]) -> dict[str, str]:
    """Read ``KEY=VALUE`` settings; a key with a dot is an extension's option.

    Raises:
        AnswersError: One of them has no ``=`` or no key.
    """
    given: dict[str, str] = {}
    options = []
    for item in settings:
        key, equals, value = item.partition("=")
        if not equals or not key:
            raise AnswersError(
                f"--set {item!r} is no KEY=VALUE.", "For example: --set deploy=heroku"
            )
        if "." in key:
            options.append(item)
        else:
            given[key] = value
    if options:
        given["options"] = " ".join(options)
    return given


def read_answers(path: str, name: str | None = None) -> dict[str, str]:
    """Read answers from a file: TOML or JSON, a table of its own or under ``answers``.

    A project's ``.scaffold/state.toml`` is such a file, and so is cookiecutter's replay JSON.

    Args:
        path: The file.
        name: The name of another project to make; what the file says of its own is left out then.

    Raises:
        AnswersError: It can't be read, or an answer in it has no use.
    """
    data = _load(path)
    for key in ("answers", "cookiecutter"):
        data = data.get(key, data)
    given = given_in(data)
    unknown = sorted(given.keys() - {*questions(), *ALWAYS})
    if unknown:
        raise AnswersError(
            f"{path} answers {unknown[0]!r}, which nobody asks.",
            "The questions are: " + ", ".join([*questions(), *ALWAYS]),
        )
    if name is not None and given.get("project_name", name) != name:
        given = {key: value for key, value in given.items() if key not in OWN}
    return given


def _load(path: str) -> dict[str, Any]:
    import json
    import tomllib

    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
        data = json.loads(text) if path.endswith(".json") else tomllib.loads(text)
    except OSError as error:
        raise AnswersError(f"{path} can't be read: {error.strerror}.", "Check its name.") from error
    except ValueError as error:  # UnicodeDecodeError and both parsers' errors are ValueErrors
        raise AnswersError(f"{path} can't be read: {error}.", "It must be TOML or JSON.") from error
    if not isinstance(data, dict):
        raise AnswersError(f"{path} holds no table of answers.", "Write KEY = VALUE lines.")
    return data


def equivalent(answers: Answers, catalogs: Iterable[str] = ()) -> str:
    """Return the command that makes the same project again, in its shortest form.

    Args:
        answers: What was asked for.
        catalogs: The folders given with ``--catalog``.
    """
    parts = ["scaffold new", quote(answers.project_name)]
    preset = _largest_preset_in(answers.extensions)
    if preset != DEFAULT_PRESET:
        parts.append(f"--preset {preset}")
    with_ = set(answers.extensions) - set(presets()[preset])
    parts += [f"--with {name}" for name in sorted(with_)]
    parts += [f"--catalog {quote(folder)}" for folder in catalogs]
    parts += [f"--blueprint {name}" for name in answers.blueprints]
    parts += [f"--app {name}" for name in answers.apps]
    parts += [f"--set {quote(f'{key}={value}')}" for key, value in _unusual(answers).items()]
    return " ".join([*parts, "-y"])


def _largest_preset_in(asked: Iterable[str]) -> str:
    """Return the preset that holds most of what was asked for, and nothing else."""
    inside = [name for name, ids in presets().items() if set(ids) <= set(asked)]
    return max(inside, key=lambda name: len(presets()[name]))


def _unusual(answers: Answers) -> dict[str, str]:
    """Return the answers that differ from what those before them would give."""
    given = answers.names()
    unusual = {
        name: given[name]
        for name, question in questions().items()
        if name in given and name != "project_name" and given[name] != default(question, given)
    }
    if not is_latin(answers.project_name):
        unusual["project_slug"] = answers.project_slug  # never taken without being asked for
    return {**unusual, **dict(answers.options)}


def quote(text: str) -> str:
    """Quote a word for the shell where it needs it."""
    if re.fullmatch(r"[\w./=:@%+,-]+", text, re.ASCII):
        return text
    return (
        f'"{text}"' if not re.search(r'["$`\\!]', text) else "'" + text.replace("'", "'\\''") + "'"
    )
