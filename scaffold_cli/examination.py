"""Looking at a project for ``scaffold doctor``: its files, its environment, its own Python, an audit."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from shutil import which
from tempfile import TemporaryDirectory
from typing import Any

from . import doctor, environment, history, locations
from .doctor import Checked, Finding, Migrations, Told
from .extension import Extension
from .state import Record

PROBE = os.path.join(locations.PACKAGE, "probe.py")
PATIENCE = 120  # seconds


def examine(
    project: str,
    record: Record,
    extensions: Iterable[Extension],
    *,
    production: bool,
    audit: bool,
) -> Iterator[Finding]:
    """Yield all that is found in a project, as it is found.

    Args:
        project: Its folder.
        record: What it knows of its making.
        extensions: What that comes to.
        production: Whether to look at it as a server would run it.
        audit: Whether to ask for known vulnerabilities.
    """
    extensions = list(extensions)
    yield from _unfinished(project)
    yield from doctor.files(
        {path: file.policy for path, file in record.tree.items()},
        lambda path: os.path.exists(os.path.join(project, *path.split("/"))),
    )
    python = interpreter(project)
    if python is None:
        mend = f"python -m venv .venv, then in it: pip install -r {environment.REQUIREMENTS}"
        yield Finding("fail", "environment", "there is no .venv", mend)
        yield Finding("skip", "application", "there is no environment to start it in")
    else:
        told = ask(python, project, record.answers.package, extensions)
        yield from doctor.python(told, record.answers.python_version)
        run, develop = (
            _read(project, name) for name in ("requirements.txt", environment.REQUIREMENTS)
        )
        yield from doctor.environment(told, run, develop, production=production)
        yield from doctor.extensions(told, extensions)
        yield from doctor.settings(told, production=production)
        yield from doctor.migrations(told)
    if audit:
        yield from vulnerabilities(project)


def _unfinished(project: str) -> Iterator[Finding]:
    entry = history.unfinished(project)
    if entry is None:
        return
    why = (
        f"has left conflicts in {', '.join(entry.conflicts)}" if entry.conflicts else "was stopped"
    )
    mend = "scaffold continue, or scaffold abort"
    yield Finding("fail", "change", f"{entry.command!r} {why}", mend)


def interpreter(project: str) -> str | None:
    """Return the Python of a project's environment: its ``.venv``, or one that is activated."""
    activated = os.environ.get("VIRTUAL_ENV")
    folders = [os.path.join(project, environment.FOLDER), *([activated] if activated else [])]
    inside = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    paths = (os.path.join(os.path.abspath(folder), *inside) for folder in folders)
    return next((path for path in paths if os.path.isfile(path)), None)


def ask(python: str, project: str, package: str, extensions: Iterable[Extension]) -> Told:
    """Have the project's own Python tell what only it knows; nothing of the project is touched."""
    extensions = list(extensions)
    bound = {e.id: e.bound for e in extensions if e.bound}
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        instead = {
            s.name: s.probe.replace("{folder}", folder)
            for e in extensions
            for s in e.settings
            if s.probe is not None
        }
        about = (json.dumps(one) for one in (bound, instead))
        done = _run([python, "-B", PROBE, package, folder, *about], project)
    try:
        told = json.loads(done.stdout.splitlines()[-1])
    except (ValueError, IndexError):
        return Told(error=_last_line(done.stderr) or "Its Python does not run.")
    if told.get("migrations") is not None:
        told["migrations"] = Migrations(**told["migrations"])
    if told.get("checks") is not None:
        told["checks"] = tuple(Checked(*one) for one in told["checks"])
    return Told(**told)


def vulnerabilities(project: str) -> Iterator[Finding]:
    """Ask pip-audit about what the application runs on; without an answer, say why there is none."""
    command = auditor()
    if command is None:
        message = "neither pip-audit nor uv is there to ask"
        yield Finding("skip", "vulnerabilities", message, "pip install pip-audit")
        return
    options = ["-r", "requirements.txt", "--disable-pip", "--no-deps", "--format", "json"]
    done = _run([*command, *options, "--progress-spinner", "off"], project)
    try:
        report: Any = json.loads(done.stdout)
    except ValueError:
        because = _last_line(done.stderr) or "it said nothing"
        yield Finding("skip", "vulnerabilities", f"pip-audit has no answer: {because}")
        return
    yield from doctor.vulnerabilities(report)


def auditor() -> list[str] | None:
    """Return the command that runs pip-audit: this Python's, the system's, or uv's."""
    if find_spec("pip_audit"):
        return [sys.executable, "-m", "pip_audit"]
    if path := which("pip-audit"):
        return [path]
    uv = environment.find_uv()
    return [uv, "--quiet", "tool", "run", "pip-audit"] if uv else None


def _read(project: str, path: str) -> str:
    try:
        return locations.read(os.path.join(project, *path.split("/")))
    except OSError:
        return ""


def _run(command: list[str], project: str) -> subprocess.CompletedProcess[str]:
    try:
        return subprocess.run(
            command,
            cwd=project,
            env=environment.own_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(command, 1, "", str(error))


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1].strip() if lines else ""
