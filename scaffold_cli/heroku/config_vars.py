"""Config vars: what the settings read from the environment, and whether it will be there."""

import ast
import re
from collections.abc import Iterator, Mapping
from typing import Any

from ..doctor import Finding
from . import app_json
from .push import APP_JSON, Push

SECRET = re.compile(r"SECRET|PASSWORD|TOKEN|PRIVATE|API_KEY")

# What the platform itself, and the application's start on it, needs beside its settings' defaults.
ROUTER = "TRUSTED_PROXIES"
CERTIFICATES = "REDIS_SSL_CERT_REQS"

# The packages that speak to an add-on's database: one of them has to be there.
DRIVERS = {
    "heroku-postgresql": ("psycopg", "psycopg2", "psycopg2-binary", "pg8000"),
    "jawsdb": ("pymysql", "mysqlclient", "mysql-connector-python"),
    "jawsdb-maria": ("pymysql", "mysqlclient", "mariadb"),
}


def check(push: Push) -> Iterator[Finding]:
    """Tell which settings would have no value, or one that does not last."""
    text = push.texts.get(f"{push.package}/settings.py", "")
    manifest = app_json.read(push) or {}
    given = variables(manifest)
    problems = [*_unset(text, given, push), *_router(text, given), *_plain(manifest)]
    problems += [*_certificates(text, given, manifest), *_database(text, given)]
    problems += _drivers(manifest, push)
    yield from problems
    if not problems:
        yield Finding("ok", "settings", f"set for Heroku: {', '.join(sorted(given)) or 'none'}")


def variables(manifest: app_json.Manifest) -> frozenset[str]:
    """Return the config vars that ``app.json`` and its add-ons give, or ask for."""
    added = {variable for _, variable in app_json.addons(manifest) if variable}
    return frozenset(manifest.get("env", {})) | added


def required(text: str) -> list[str]:
    """Return the environment variables that settings read and have no default for.

    Args:
        text: A settings module, which reads them as ``env.str("NAME")``.
    """
    try:
        calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    except (SyntaxError, ValueError):
        return []
    return [name for call in calls if (name := _read_by(call))]


def _read_by(call: ast.Call) -> str:
    """Return the variable that a call reads without a default; an empty text if it does not."""
    match call:
        case ast.Call(
            func=ast.Name(id="env") | ast.Attribute(value=ast.Name(id="env")),
            args=[ast.Constant(value=str(name))],
            keywords=keywords,
        ) if not any(keyword.arg == "default" for keyword in keywords):
            return name
        case _:
            return ""


def _unset(text: str, given: frozenset[str], push: Push) -> Iterator[Finding]:
    """Tell of what has no default, SECRET_KEY among it: its default is for debug alone."""
    wanted = [*required(text), *(["SECRET_KEY"] if "SECRET_KEY" in text else [])]
    has_manifest = APP_JSON in push.paths
    for name in dict.fromkeys(wanted):
        if name not in given:
            message = f"{name} has no default" + (f", and {APP_JSON} sets none" * has_manifest)
            mend = f"heroku config:set {name}=..." + (f", and name it in {APP_JSON}" * has_manifest)
            yield Finding("fail" if has_manifest else "warn", "settings", message, mend)


def _router(text: str, given: frozenset[str]) -> Iterator[Finding]:
    if ROUTER in text and ROUTER not in given:
        message = f"{ROUTER} is not set: all visitors would have the router's address, and http"
        yield Finding("warn", "settings", message, f"heroku config:set {ROUTER}=1")


def _certificates(
    text: str, given: frozenset[str], manifest: app_json.Manifest
) -> Iterator[Finding]:
    plans = [plan for plan, _ in app_json.addons(manifest)]
    is_checked = CERTIFICATES in text and CERTIFICATES not in given
    if is_checked and any(plan.startswith("heroku-redis") for plan in plans):
        message = "Heroku's Redis has a self-signed certificate, which would be refused"
        yield Finding("warn", "settings", message, f"heroku config:set {CERTIFICATES}=none")


def _plain(manifest: app_json.Manifest) -> Iterator[Finding]:
    """Tell of secrets that are written down."""
    for name, entry in _env(manifest):
        value = entry if isinstance(entry, str) else entry.get("value", "")
        if value and SECRET.search(name):
            mend = 'Have it made: "generator": "secret"; or leave out the value'
            yield Finding("fail", "secrets", f"{APP_JSON} holds the value of {name}", mend)


def _env(manifest: app_json.Manifest) -> Iterator[tuple[str, Any]]:
    """Yield what the manifest sets, for tests and review apps, too."""
    environments: Mapping[str, app_json.Manifest] = manifest.get("environments", {})
    for one in (manifest, *environments.values()):
        yield from one.get("env", {}).items()


def _database(text: str, given: frozenset[str]) -> Iterator[Finding]:
    for name in re.findall(r'"(\w+)", "sqlite:', text):
        if name not in given:
            message = f"without {name} data lies in SQLite, on a disk that each restart empties"
            mend = "heroku addons:create heroku-postgresql:essential-0, and name it in app.json"
            yield Finding("warn", "database", message, mend)


def _drivers(manifest: app_json.Manifest, push: Push) -> Iterator[Finding]:
    for plan, _ in app_json.addons(manifest):
        drivers = DRIVERS.get(plan.partition(":")[0], ())
        if drivers and push.packages is not None and not push.packages.intersection(drivers):
            message = f"no package of requirements.txt speaks to {plan}"
            yield Finding("fail", "database", message, f"scaffold update, or add {drivers[0]}")
