"""``app.json``: what the deploy button and review apps are made by."""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from ..doctor import Finding
from ..locations import PACKAGE
from ..locations import read as read_own
from .procfile import read as read_procfile
from .push import APP_JSON, PROCFILE, Push

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError

SCHEMA = os.path.join(PACKAGE, "heroku", "app.schema.json")
LONGEST_NAME = 30  # characters
PYTHON = re.compile(r"heroku/python|heroku-buildpack-python")

# Plans and dynos that Heroku has ended, and the smallest that stands in.
ENDED = {
    "heroku-postgresql:hobby-dev": "heroku-postgresql:essential-0",
    "heroku-postgresql:hobby-basic": "heroku-postgresql:essential-1",
    "heroku-postgresql:mini": "heroku-postgresql:essential-0",
    "heroku-postgresql:basic": "heroku-postgresql:essential-1",
    "heroku-redis:hobby-dev": "heroku-redis:mini",
    "free": "eco",
    "hobby": "basic",
}

# The config var that an add-on sets, and what it is called when it is attached ``as`` X: X_URL.
ADDON_SETS = {
    "heroku-postgresql": "DATABASE_URL",
    "heroku-redis": "REDIS_URL",
    "jawsdb": "JAWSDB_URL",
    "jawsdb-maria": "JAWSDB_MARIA_URL",
    "cloudamqp": "CLOUDAMQP_URL",
}

Manifest = Mapping[str, Any]


def read(push: Push) -> Manifest | None:
    """Return what ``app.json`` says; None if it is not there, or not valid."""
    try:
        data = json.loads(push.texts.get(APP_JSON, ""))
    except ValueError:
        return None
    return data if isinstance(data, dict) and not [*_broken(data)] else None


def check(push: Push) -> Iterator[Finding]:
    """Tell whether ``app.json`` is valid, and fits the Procfile."""
    if APP_JSON not in push.paths:
        message = "there is none: no deploy button, no review apps"
        yield Finding("skip", APP_JSON, message, "scaffold set deploy=heroku")
        return
    try:
        data = json.loads(push.texts.get(APP_JSON, ""))
    except ValueError as error:
        yield Finding("fail", APP_JSON, f"it is no JSON: {error}", "Mend it, or take it back")
        return
    problems = [*_invalid(data)] or [*_sections(data, push)]
    yield from problems
    if not problems:
        plans = ", ".join(plan for plan, _ in addons(data)) or "none"
        yield Finding("ok", APP_JSON, f"valid; add-ons: {plans}")


def _invalid(data: object) -> Iterator[Finding]:
    for error in _broken(data):
        key = ".".join(map(str, error.absolute_path))
        message = f"{key}: {error.message}" if key else error.message
        mend = "See devcenter.heroku.com/articles/app-json-schema"
        yield Finding("fail", APP_JSON, message, mend)


def _broken(data: object) -> Iterator["ValidationError"]:
    """Yield where data breaks the schema."""
    from jsonschema import Draft202012Validator

    yield from Draft202012Validator(_schema()).iter_errors(data)


@cache
def _schema() -> Manifest:
    data: Manifest = json.loads(read_own(SCHEMA))
    return data


def _sections(data: Manifest, push: Push) -> Iterator[Finding]:
    """Look at the manifest itself, and at what it says of tests and of review apps."""
    yield from _manifest(data, push)
    for name, environment in data.get("environments", {}).items():
        for finding in _manifest(environment, push):
            yield finding._replace(message=f"environments.{name}: {finding.message}")


def _manifest(data: Manifest, push: Push) -> Iterator[Finding]:
    known = _schema()["$defs"]["manifest"]["properties"]
    for key in data.keys() - known.keys():
        message = f"Heroku knows no key {key!r}"
        yield Finding("warn", APP_JSON, message, "Mend its name, or take it out")
    if len(data.get("name", "")) > LONGEST_NAME:
        message = f"the name has {len(data['name'])} characters"
        yield Finding("warn", APP_JSON, message, f"Use at most {LONGEST_NAME}")
    yield from _formation(data.get("formation", {}), read_procfile(push.texts.get(PROCFILE, "")))
    for plan, _ in addons(data):
        if plan in ENDED:
            yield Finding("fail", APP_JSON, f"{plan} is no plan any more", f"Take {ENDED[plan]}")
    urls = [buildpack["url"] for buildpack in data.get("buildpacks", [])]
    if urls and not any(map(PYTHON.search, urls)):
        message = f"no buildpack for Python among: {', '.join(urls)}"
        yield Finding("fail", APP_JSON, message, 'Add {"url": "heroku/python"} as the last one')


def _formation(formation: Mapping[str, Any], processes: Iterable[str]) -> Iterator[Finding]:
    for name, wanted in formation.items():
        if name not in processes:
            mend = f"Add the process {name} to the Procfile, or take it out of formation"
            yield Finding("fail", APP_JSON, f"formation: there is no process {name}", mend)
        size = str(wanted.get("size", "")).lower()
        if size in ENDED:
            message = f"formation: {name}'s size {size} is gone"
            yield Finding("fail", APP_JSON, message, f"Take {ENDED[size]}")


def addons(data: Manifest) -> Iterator[tuple[str, str]]:
    """Yield the plan of each add-on, and the config var that it sets, or an empty text."""
    for addon in data.get("addons", []):
        plan, alias = (addon, "") if isinstance(addon, str) else (addon["plan"], addon.get("as"))
        service = plan.partition(":")[0]
        yield plan, f"{alias}_URL" if alias else ADDON_SETS.get(service, "")
