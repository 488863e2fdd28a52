"""Answers: all that a project was asked for, checked.

The questions, their defaults and choices stand once, in ``cookiecutter.json``, which plain cookiecutter reads too.
A default there may name earlier answers, as ``{{ cookiecutter.project_slug | identifier }}``; that small form is
worked out here without Jinja, which would cost more time than all the rest.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from . import locations, names
from .errors import AnswersError

OLDEST_PYTHON = (3, 11)
ALWAYS = ("server",)  # the roles that are played in every project

_EXPRESSION = re.compile(r"\{\{ ([\w.]+)(?: \| (\w+))? \}\}")
_FILTERS: Mapping[str, Callable[[str], str]] = {
    "slug": names.slug,
    "identifier": names.identifier,
}


class Question(NamedTuple):
    """One question: a key of ``cookiecutter.json``.

    Attributes:
        name: The answer's name.
        default: The default, perhaps made from earlier answers.
        choices: What may be answered; empty when anything may.
        prompt: The question as a person reads it.
    """

    name: str
    default: str
    choices: tuple[str, ...]
    prompt: str


class Answers(NamedTuple):
    """What a project was asked for; made by `complete`, which checks it.

    Attributes:
        project_name: The application's name, in words.
        project_slug: Folder and distribution name.
        package: Python package name.
        description: One line.
        blueprints: Blueprints beside ``public``, sorted.
        apps: Applications that the first one mounts below their names, sorted.
        extensions: The ids asked for, sorted; what they need is added by the catalogue.
        options: ``extension.option`` to value, sorted.
        deploy: Where it will run.
        python_version: The oldest Python it must run on, as ``3.11``.
    """

    project_name: str
    project_slug: str
    package: str
    description: str
    blueprints: tuple[str, ...]
    apps: tuple[str, ...]
    extensions: tuple[str, ...]
    options: tuple[tuple[str, str], ...]
    deploy: str
    python_version: str

    def asked(self) -> tuple[str, ...]:
        """Return the ids and roles that the catalogue is to resolve."""
        return (*self.extensions, *_deploy_targets()[self.deploy].split(), *ALWAYS)

    def names(self) -> dict[str, str]:
        """Return the answers that templates may name, as plain text."""
        return {key: value for key, value in self._asdict().items() if isinstance(value, str)}


def running_python() -> str:
    """Return the running interpreter's version as ``3.11``."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


@cache
def _cookiecutter_json() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(locations.read(locations.QUESTIONS))
    return data


def presets() -> Mapping[str, tuple[str, ...]]:
    """Return the named selections: name to extension ids."""
    return {name: tuple(ids.split()) for name, ids in _cookiecutter_json()["_presets"].items()}


def _deploy_targets() -> Mapping[str, str]:
    """Return what each answer to ``deploy`` adds to the extensions asked for."""
    targets: Mapping[str, str] = _cookiecutter_json()["_deploy"]
    return targets


@cache
def questions() -> Mapping[str, Question]:
    """Return every question by its answer's name, in the order asked."""
    data = _cookiecutter_json()
    return {
        name: Question(
            name,
            default if isinstance(default, str) else default[0],
            () if isinstance(default, str) else tuple(default),
            data["__prompts__"].get(name, name),
        )
        for name, default in data.items()
        if not name.startswith("_")
    }


def default(question: Question, given: Mapping[str, str]) -> str:
    """Work out a question's default from the answers before it."""

    def value(match: re.Match[str]) -> str:
        path, filter_name = match.groups()
        text = _look_up(path, given)
        return _FILTERS[filter_name](text) if filter_name else text

    return _EXPRESSION.sub(value, question.default)


def _look_up(path: str, given: Mapping[str, str]) -> str:
    if path == "python_version":
        return running_python()
    if path.startswith("cookiecutter._presets."):
        return str(_cookiecutter_json()["_presets"][path.rpartition(".")[2]])
    return given[path.removeprefix("cookiecutter.")]


def complete(given: Mapping[str, str]) -> Answers:
    """Fill what is missing with the defaults, and check everything.

    Args:
        given: Answers by question name, as text; lists are words separated by spaces.

    Returns:
        The complete answers.

    Raises:
        AnswersError: An answer can't be taken, or there is no such question.
    """
    unknown = [name for name in given if name not in questions()]
    if unknown:
        raise AnswersError(
            f"There is no question {unknown[0]!r} to answer.",
            "The questions are: " + ", ".join(questions()),
        )
    if "project_name" in given:
        names.check_project_name(given["project_name"])  # before a folder is named after it
    filled: dict[str, str] = {}
    for name, question in questions().items():
        value = given[name].strip() if name in given else default(question, filled)
        filled[name] = _chosen(question, value)
    _check(filled, slug_given="project_slug" in given)
    return Answers(
        project_name=filled["project_name"],
        project_slug=filled["project_slug"],
        package=filled["package"],
        description=filled["description"],
        blueprints=tuple(sorted(words(filled["blueprints"]))),
        apps=tuple(sorted(words(filled["apps"]))),
        extensions=tuple(sorted(set(words(filled["extensions"])))),
        options=tuple(sorted(_pairs(words(filled["options"])))),
        deploy=filled["deploy"],
        python_version=filled["python_version"],
    )


def given_in(data: Mapping[str, Any]) -> dict[str, str]:
    """Return the answers of a table as text: of a state, an answers file, or cookiecutter's replay.

    Raises:
        AnswersError: One of them is neither text nor a list of texts.
    """
    return {key: _as_text(key, value) for key, value in data.items() if not key.startswith("_")}


def _as_text(key: str, value: Any) -> str:
    match value:
        case str():
            return value
        case list() if all(isinstance(item, str) for item in value):
            return " ".join(value)
        case dict() if key == "options":
            return " ".join(f"{option}={chosen}" for option, chosen in value.items())
    raise AnswersError(f"The answer {key!r} must be text or a list of texts.", f"Mend {key}.")


def words(text: str) -> list[str]:
    """Split a list answer: words separated by spaces or commas."""
    return text.replace(",", " ").split()


def _chosen(question: Question, value: str) -> str:
    if question.choices and value not in question.choices:
        raise AnswersError(
            f"{question.name} can't be {value!r}.", "Choose one of: " + ", ".join(question.choices)
        )
    return value


def _check(filled: Mapping[str, str], *, slug_given: bool) -> None:
    project_name = filled["project_name"]
    names.check_text("description", filled["description"], longest=200)
    if not slug_given and not names.is_latin(project_name):
        raise AnswersError(
            f"{project_name!r} is not written in Latin letters, which a Python package needs.",
            f"Try --set project_slug={filled['project_slug'] or 'my-app'}",
        )
    names.check_slug(filled["project_slug"])
    names.check_package(filled["package"])
    names.check_blueprints(words(filled["blueprints"]))
    names.check_apps(words(filled["apps"]), taken=words(filled["blueprints"]))
    _check_python(filled["python_version"])


def _check_python(version: str) -> None:
    if not re.fullmatch(r"3\.\d{1,2}", version) or (3, int(version[2:])) < OLDEST_PYTHON:
        oldest = ".".join(map(str, OLDEST_PYTHON))
        raise AnswersError(
            f"python_version can't be {version!r}.", f"Give a version such as {oldest}, or newer."
        )


def _pairs(items: Iterable[str]) -> Iterable[tuple[str, str]]:
    for item in items:
        key, equals, value = item.partition("=")
        if not equals or "." not in key:
            raise AnswersError(
                f"{item!r} is no option.", "Write EXTENSION.OPTION=VALUE, as caching.backend=redis"
            )
        yield key, value
