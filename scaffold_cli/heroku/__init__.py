"""What Heroku asks of a project, checked before it is pushed; touches nothing.

The rules are those that Heroku documents: of the Procfile, of app.json (``app.schema.json``), of the slug
compiler, of dynos, and of its buildpack for Python, which finds the package manager and the Python version.
What is checked is a value, a `Push`; `checkout` makes it of a project's folder and of git.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..doctor import Finding, is_healthy
from . import app_json, buildpack, config_vars, port, procfile, slug, source
from .push import Push

SCHEMA = "scaffold/deploy/1"


def check(push: Push) -> Iterator[Finding]:
    """Yield all that is to be said about a push, in the order in which Heroku would come upon it."""
    yield from source.committed(push)
    yield from source.secrets(push)
    yield from slug.check(push)
    yield from buildpack.detected(push)
    yield from buildpack.package_manager(push)
    yield from buildpack.python_version(push)
    yield from buildpack.requirements(push)
    yield from procfile.check(push)
    yield from port.check(push)
    yield from app_json.check(push)
    yield from config_vars.check(push)


def to_json(findings: Iterable[Finding]) -> Mapping[str, Any]:
    """Return a report as JSON data; ``docs/json.md`` describes it."""
    found = list(findings)
    return {
        "schema": SCHEMA,
        "target": "heroku",
        "ready": is_healthy(found),
        "findings": [finding._asdict() for finding in found],
    }
