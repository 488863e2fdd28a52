"""What is to be said about a project's health: checks that look at values, and touch nothing.

What they look at is gathered by `examination`: files, environment, and what the project's own Python tells.
"""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal, NamedTuple

from .extension import Extension
from .pins import normalize

SCHEMA = "scaffold/doctor/1"
INSTALL = "uv pip sync requirements-dev.txt, or in .venv: pip install -r requirements-dev.txt"
STANDS_BESIDE = frozenset(["pip", "setuptools", "wheel", "uv"])  # in any environment
SHOWN = 5  # names in one line

_PIN = re.compile(r"^([\w.-]+)==([^\s;\\]+)(?: ; ([^\\\n]+))?", re.MULTILINE)

Status = Literal["ok", "warn", "fail", "skip"]


class Finding(NamedTuple):
    """One line of the doctor's report.

    Attributes:
        status: ``ok``, ``warn`` (look at it), ``fail`` (mend it), ``skip`` (could not be looked at).
        check: What was looked at.
        message: What was found.
        mend: How to mend it; may be empty.
    """

    status: Status
    check: str
    message: str
    mend: str = ""


class Migrations(NamedTuple):
    """How a project's database stands to its models.

    Attributes:
        pending: Migrations that it has not seen yet.
        changes: What the models hold and no migration does.
        missing: Whether there is no database yet.
    """

    pending: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    missing: bool = False


class Checked(NamedTuple):
    """What one of the project's own checks has found, those of ``manage.py check --deploy``.

    Attributes:
        check: The check's name.
        level: ``info``, ``warning`` or ``error``.
        message, mend: As in a finding.
    """

    check: str
    level: str
    message: str
    mend: str


class Told(NamedTuple):
    """What the project's own Python tells.

    Attributes:
        installed: Distributions in its environment, to their versions.
        markers: What environment markers may ask for, ``sys_platform`` and the like.
        checks: What its own checks find in its settings; None if they could not be asked.
        bound: Ids of extensions, to whether they are bound to the application.
        migrations: How the database stands; None without migrations.
        error: Why there is no application; empty if there is one.
    """

    installed: Mapping[str, str] = {}
    markers: Mapping[str, str] = {}
    checks: tuple[Checked, ...] | None = None
    bound: Mapping[str, bool] = {}
    migrations: Migrations | None = None
    error: str = ""


def files(recorded: Mapping[str, str], is_there: Callable[[str], bool]) -> Iterator[Finding]:
    """Compare the files on the disk with the record.

    Args:
        recorded: Path to policy, as in ``.scaffold/state.toml``.
        is_there: Tells whether a path is on the disk.
    """
    gone = [path for path in recorded if not is_there(path)]
    for path in gone:
        status: Status = "ok" if recorded[path] == "seed" else "warn"
        mend = "" if status == "ok" else f"If you did not mean it: cp .scaffold/base/{path} {path}"
        yield Finding(status, "files", f"{path} was removed", mend)
    if not gone:
        yield Finding("ok", "files", f"all {len(recorded)} are there")


def environment(told: Told, run: str, develop: str, *, production: bool) -> Iterator[Finding]:
    """Compare what is installed with the pins.

    Args:
        told: What the project's Python tells.
        run: The text of ``requirements.txt``.
        develop: The text of ``requirements-dev.txt``.
        production: Whether what develops may be left out.
    """
    wanted = dict(_pins(run, told.markers))
    beside = dict(_pins(develop, told.markers))
    missing = [name for name in wanted if name not in told.installed]
    undeveloped = [] if production else [name for name in beside if name not in told.installed]
    pinned = {**beside, **wanted}
    other = [
        f"{name} {told.installed[name]} for {version}"
        for name, version in pinned.items()
        if told.installed.get(name, version) != version
    ]
    extra = sorted({*told.installed} - {*pinned} - STANDS_BESIDE)
    if missing:
        yield Finding("fail", "environment", f"not installed: {some(missing)}", INSTALL)
    if undeveloped:
        yield Finding("warn", "environment", f"not installed: {some(undeveloped)}", INSTALL)
    if other:
        yield Finding("warn", "environment", f"not the pinned version: {some(other)}", INSTALL)
    if extra:
        yield Finding(
            "warn",
            "environment",
            f"not in the requirements: {some(extra)}",
            "Name it in pyproject.toml and pin it anew, as requirements.txt says, or uninstall it",
        )
    if not (missing or undeveloped or other or extra):
        yield Finding("ok", "environment", f"{len(told.installed)} packages, all as pinned")


def _pins(text: str, markers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the pins of a requirements file that hold in an environment."""
    for name, version, marker in _PIN.findall(text):
        if not marker or holds(marker.strip(), markers):
            yield normalize(name), version


def holds(marker: str, markers: Mapping[str, str]) -> bool:
    """Tell whether an environment marker holds.

    Args:
        marker: As in ``python_full_version < '3.12' and sys_platform != 'win32'``. Written like that,
            it is also an expression of Python, which is how it is read.
        markers: The values of its names.
    """

    def value(node: ast.expr) -> bool:
        match node:
            case ast.BoolOp(op=ast.And()):
                return all(map(value, node.values))
            case ast.BoolOp():
                return any(map(value, node.values))
            case ast.Compare(
                left=ast.Name(id=name), ops=[op], comparators=[ast.Constant(value=to)]
            ):
                return _compare(name, markers.get(name, ""), op, str(to))
        raise ValueError(f"{marker!r} is no marker that is understood.")

    return value(ast.parse(marker, mode="eval").body)


def _compare(name: str, one: str, op: ast.cmpop, other: str) -> bool:
    left: Any = _version(one) if "version" in name else one
    right: Any = _version(other) if "version" in name else other
    match op:
        case ast.Eq():
            return bool(left == right)
        case ast.NotEq():
            return bool(left != right)
        case ast.Lt():
            return bool(left < right)
        case ast.LtE():
            return bool(left <= right)
        case ast.Gt():
            return bool(left > right)
        case _:
            return bool(left >= right)


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall(r"\d+", text)[:3])


def python(told: Told, oldest: str) -> Iterator[Finding]:
    """Compare the environment's Python with the oldest that the project was made for."""
    version = told.markers.get("python_full_version", "")
    if _version(version) < _version(oldest):
        mend = f"Make .venv anew with Python {oldest} or newer"
        yield Finding("fail", "python", f"{version}, and the project needs {oldest}", mend)
    else:
        yield Finding("ok", "python", version)


def extensions(told: Told, chosen: Iterable[Extension]) -> Iterator[Finding]:
    """Tell which of the chosen extensions are bound to the application."""
    if told.error:
        mend = "python manage.py urls shows it whole"
        yield Finding("fail", "application", told.error, mend)
        return
    yield Finding("ok", "application", "it starts")
    wired = {e.id: e.bound for e in chosen if e.bound}
    for name in sorted(wired):
        if not told.bound.get(name):
            mend = "Bind it in init_app of extensions.py"
            yield Finding("fail", "extensions", f"{name} is not at {wired[name]}", mend)
    bound = [name for name in sorted(wired) if told.bound.get(name)]
    if bound:
        yield Finding("ok", "extensions", f"bound: {', '.join(bound)}")


def settings(told: Told, *, production: bool) -> Iterator[Finding]:
    """Pass on what the project's own checks say of its settings; here, of all that only the key matters."""
    if told.checks is None:
        return
    statuses: dict[str, Status] = {"error": "fail", "warning": "warn"}
    key = [one for one in told.checks if one.check == "secret_key"]
    for one in key:
        yield Finding("fail" if production else "warn", "settings", one.message, one.mend)
    if not key:
        yield Finding("ok", "settings", "SECRET_KEY is set, and long enough")
    if not production:
        message = "whether they are fit for a server"
        yield Finding("skip", "settings", message, "scaffold doctor --production")
        return
    for one in told.checks:
        if one not in key:
            yield Finding(statuses.get(one.level, "ok"), "settings", one.message, one.mend)


def migrations(told: Told) -> Iterator[Finding]:
    """Tell what the database has not seen yet."""
    found = told.migrations
    if found is None:
        return
    upgrade = "python manage.py db upgrade"
    if found.missing:
        yield Finding("warn", "migrations", "there is no database yet", upgrade)
        return
    if found.pending:
        yield Finding("fail", "migrations", f"pending: {some(found.pending)}", upgrade)
    if found.changes:
        message = f"the models have changed: {some(found.changes)}"
        yield Finding(
            "warn", "migrations", message, 'python manage.py db migrate -m "What changed"'
        )
    if not (found.pending or found.changes):
        yield Finding("ok", "migrations", "the database is as the models are")


def vulnerabilities(report: Mapping[str, Any]) -> Iterator[Finding]:
    """Read what ``pip-audit --format json`` printed."""
    audited = [entry for entry in report.get("dependencies", ()) if "vulns" in entry]
    if not audited:
        reasons = [entry["skip_reason"] for entry in report.get("dependencies", ())]
        because = reasons[0] if reasons else "nothing was looked up"
        yield Finding("skip", "vulnerabilities", f"no database knows the packages: {because}")
        return
    for entry in audited:
        for vulnerability in entry["vulns"]:
            fixed = ", ".join(vulnerability.get("fix_versions", ())) or "none yet"
            message = f"{entry['name']} {entry['version']}: {vulnerability['id']}"
            yield Finding("fail", "vulnerabilities", message, f"Fixed in: {fixed}")
    if not any(entry["vulns"] for entry in audited):
        yield Finding("ok", "vulnerabilities", f"none known in {len(audited)} packages")


def to_json(findings: Iterable[Finding]) -> Mapping[str, Any]:
    """Return a report as JSON data; ``docs/json.md`` describes it."""
    found = list(findings)
    return {
        "schema": SCHEMA,
        "healthy": is_healthy(found),
        "findings": [finding._asdict() for finding in found],
    }


def is_healthy(findings: Iterable[Finding]) -> bool:
    """Tell whether nothing failed."""
    return all(finding.status != "fail" for finding in findings)


def some(names: Iterable[str]) -> str:
    """Name the first ones, and how many more there are."""
    names = list(names)
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
