"""What the project's own Python is asked by ``scaffold doctor``; it runs there, alone, and prints JSON.

    python -B probe.py PACKAGE FOLDER '{"redis": "extensions.redis"}' '{"CACHE_DIR": "FOLDER/cache"}'

It leaves the project as it is: what the application writes as it starts goes into FOLDER.

Not a module of scaffold's own: nothing here may import from it.
"""

import contextlib
import io
import json
import os
import platform
import re
import sys
from collections.abc import Mapping
from importlib import import_module
from importlib.metadata import distributions
from typing import Any

# The first two ask servers, which need not be there while one develops; the last would make a database by looking
# for it, and tells less than about_migrations.
LEFT_OUT = ("needs", "pool_size", "pending_migrations")


def main(
    package: str,
    folder: str,
    bound: Mapping[str, str],
    instead: Mapping[str, str],
) -> None:
    """Print what is known of this environment and of the application."""
    told: dict[str, Any] = {
        "installed": {
            re.sub(r"[-_.]+", "-", one.metadata["Name"]).lower(): one.version
            for one in distributions()
            if one.metadata["Name"]
        },
        "markers": {
            "sys_platform": sys.platform,
            "os_name": os.name,
            "platform_system": platform.system(),
            "platform_machine": platform.machine(),
            "platform_python_implementation": platform.python_implementation(),
            "implementation_name": sys.implementation.name,
            "python_version": ".".join(platform.python_version_tuple()[:2]),
            "python_full_version": platform.python_version(),
        },
    }
    sys.path.insert(0, os.getcwd())
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            make_no_instance_folder(folder)
            told |= about_application(package, bound, instead)
    except (Exception, SystemExit) as error:
        lines = str(error).strip().splitlines()
        told["error"] = f"{type(error).__name__}: {lines[0] if lines else 'no reason given'}"
    print(json.dumps(told, default=str))


def make_no_instance_folder(folder: str) -> None:
    """Have Flask take another folder for the instance's where that is not there yet: some would make it."""
    flask: Any = import_module("flask").Flask
    find = flask.auto_find_instance_path

    def find_or_replace(app: Any) -> str:
        path: str = find(app)
        return path if os.path.isdir(path) else os.path.join(folder, "instance")

    flask.auto_find_instance_path = find_or_replace


def about_application(
    package: str, bound: Mapping[str, str], instead: Mapping[str, str]
) -> dict[str, Any]:
    """Make the application, with debug on, as some extensions stand back without, and see what is bound."""
    app = import_module(package + ".app").create_app(DEBUG=True, **instead)
    told: dict[str, Any] = {"bound": {name: is_at(app, path) for name, path in bound.items()}}
    if "migrate" in app.extensions and "sqlalchemy" in app.extensions:
        with app.app_context():
            told["migrations"] = about_migrations(app)
    told["checks"] = about_checks(package, app)
    return told


def about_checks(package: str, app: Any) -> list[tuple[str, ...]] | None:
    """Return what the project's own checks find in the settings of the environment and ``.env``.

    None if its owner has done without them.
    """
    try:
        checks = import_module(package + ".checks").CHECKS
    except ImportError:
        return None
    app.config.from_object(package + ".settings")
    with app.app_context():
        return [
            (check.__name__, *finding)
            for check in checks
            if check.__name__ not in LEFT_OUT
            for finding in check(app)
        ]


def is_at(found: Any, path: str) -> bool:
    """Tell whether a path of attributes, keys and names of functions in lists leads to something."""
    for name in path.split("."):
        try:
            found = step(found, name)
        except (KeyError, TypeError):
            return False
    return found is not None


def step(found: Any, name: str) -> Any:
    """Go one step of such a path; Flask keeps what is the whole application's under the key None."""
    if hasattr(found, name):
        return getattr(found, name)
    if isinstance(found, list):
        return next((one for one in found if getattr(one, "__name__", "") == name), None)
    return found[None if name == "None" else name]


def about_migrations(app: Any) -> dict[str, Any]:
    """Compare the database, the migrations and the models; make no database by looking for it."""
    contexts: Any = import_module("alembic.migration").MigrationContext
    directories: Any = import_module("alembic.script").ScriptDirectory
    compare: Any = import_module("alembic.autogenerate").compare_metadata
    db = app.extensions["sqlalchemy"]
    url = db.engine.url
    file = url.database if url.get_backend_name() == "sqlite" else None
    if file and file != ":memory:" and not os.path.exists(file):
        return {"missing": True}
    scripts = directories.from_config(app.extensions["migrate"].migrate.get_config())
    with db.engine.connect() as connection:
        context = contexts.configure(connection, opts={"compare_type": True})
        seen = {
            script.revision
            for head in context.get_current_heads()
            for script in scripts.iterate_revisions(head, "base")
        }
        pending = [s for s in scripts.walk_revisions() if s.revision not in seen]
        # Against a database that lacks migrations, all that they bring would look changed.
        changes = [] if pending else compare(context, db.metadata)
    return {
        "pending": [f"{s.revision} {s.doc}".strip() for s in reversed(pending)],
        "changes": [describe(change) for change in changes],
    }


def describe(change: Any) -> str:
    """Tell a change in a few words: ``add_column user.email``."""
    if isinstance(change, list):
        return describe(change[0])
    word, *about = change
    names = [
        getattr(one, "name", one) for one in about if isinstance(getattr(one, "name", one), str)
    ]
    return " ".join([word, ".".join(names)])


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], *(json.loads(about) for about in sys.argv[3:]))
