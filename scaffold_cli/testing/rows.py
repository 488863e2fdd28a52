"""A selection made for real: installed, tested, linted, typed, served by its Procfile, and stopped.

Each row gets a project and an environment of its own, which holds exactly its pinned requirements, hash-checked.
"""

import hashlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from ..locations import PACKAGE as OURS
from ..plugins import open_catalog
from ..render import render
from .selections import NAME, PACKAGE, SLUG, Selection

LIMIT = 120  # seconds that a server may take to answer, or to stop
SETTLING = 2  # seconds in which a server's other workers, and other processes, may still start
# A registry may be reached by a proxy only, or have a certificate that this machine alone knows.
KEPT = re.compile("HOME|LANG|TMPDIR|(UV|SSL)_.*|(HTTPS?|ALL|NO)_PROXY", re.IGNORECASE)
QUIET = {"PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "120"}
PYTEST = ("python", "-W", "default", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "decoy")
# Behind each application under test stands a second one, made after it: where an extension's
# object keeps what belongs to an application, the last one made wins, and the tests tell.
DECOY = f"""
from {PACKAGE}.tests import base

make = base.create_app
kept = []


def create_app(*sources, **settings):
    app = make(*sources, **settings)
    kept[:] = [make(*sources, **settings, SITE_NAME="Decoy")]
    return app


base.create_app = create_app
"""
CHECKS = {
    "uv pip check": ("uv", "pip", "check", "--python", ".venv"),
    "unittest": ("python", "-m", "unittest", "discover", "-s", f"{PACKAGE}/"),
    "ruff check": ("ruff", "check", "--no-cache"),
    "ruff format": ("ruff", "format", "--check", "--no-cache"),
    "mypy": ("mypy",),  # with a cache of its own: one for projects that differ makes it fail
}


class RowError(Exception):
    """A check of a row failed; the text is what it printed."""


def digest(selection: Selection, catalogs: Sequence[str] = ()) -> str:
    """Return a hash of all that a selection renders to, its pins too."""
    total = hashlib.sha256()
    for path, file in render(selection.answers(), open_catalog(catalogs)).items():
        total.update(path.encode() + b"\0" + file.content + b"\0")
    return total.hexdigest()


def try_out(selection: Selection, catalogs: Sequence[str] = ()) -> None:
    """Make a selection's project in a folder of its own, and check it.

    Args:
        selection: What to choose.
        catalogs: Folders of more extensions.

    Raises:
        RowError: A check failed; the folder stays.
    """
    root = Path(tempfile.mkdtemp(prefix="row-"))
    project = root / SLUG
    _run(
        "new",
        [
            *(sys.executable, "-m", "scaffold_cli", "new", NAME, "--preset", "minimal"),
            *_flags(selection, catalogs),
            *("-o", str(root), "-y", "--install", "--no-git"),
        ],
        root,
    )
    for name, command in CHECKS.items():
        _run(name, command, project)
    chosen = open_catalog(catalogs).resolve(selection.answers().asked())
    _run_beside_another(project, [e.id for e in chosen if not e.multi_app])
    serve(project)
    shutil.rmtree(root)


def _run_beside_another(project: Path, without: Sequence[str]) -> None:
    """Run the tests by pytest, with a second application in the process that no test knows of.

    Args:
        project: The project's folder.
        without: The ids whose tests are left out, as they claim to serve one application only.
    """
    (project.parent / "decoy.py").write_text(DECOY, "utf-8")
    ignored = [f"--ignore-glob=**/tests/test_{name}*.py" for name in without]
    _run("two applications", (*PYTEST, *ignored), project, PYTHONPATH=str(project.parent))


def _flags(selection: Selection, catalogs: Sequence[str]) -> Iterator[str]:
    for word in selection.words:
        yield from ("--set", word) if "=" in word else ("--with", word)
    for folder in catalogs:
        yield from ("--catalog", folder)


def _run(name: str, command: Sequence[str], folder: Path, **environment: str) -> None:
    done = subprocess.run(
        [_program(command[0], folder), *command[1:]],
        cwd=folder,
        env={**_environment(folder), **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RowError(f"{name} in {folder}:\n{done.stdout[-6000:]}")


def _program(name: str, folder: Path) -> str:
    if name == "uv":
        from uv import find_uv_bin

        return str(find_uv_bin())
    own = folder / ".venv/bin" / name
    return str(own) if own.exists() else name


def _environment(folder: Path) -> dict[str, str]:
    """Return an environment with the project's own activated, and no setting of ours but how packages are got."""
    kept = {name: value for name, value in os.environ.items() if KEPT.fullmatch(name)}
    path = f"{folder / '.venv/bin'}{os.pathsep}{os.environ['PATH']}"
    made = {} if (folder / ".venv").exists() else {"PYTHONPATH": os.path.dirname(OURS)}
    return {**kept, **QUIET, **made, "PATH": path}


def serve(project: Path) -> None:
    """Start all processes of the Procfile, ask for the front page, and stop them cleanly.

    Raises:
        RowError: It does not answer, answers with an error, or does not stop.
    """
    port = _free_port()
    log = project.parent / "honcho.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [_program("honcho", project), "start"],
            cwd=project,
            env={**_environment(project), "PORT": str(port), "PYTHONUNBUFFERED": "1"},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def failed(why: str) -> RowError:
        return RowError(f"{why} in {project}:\n{log.read_text('utf-8', 'replace')[-6000:]}")

    try:
        if not _wait(lambda: process.poll() is not None or _status(port, "/healthz") == 200):
            raise failed("no answer")
        if process.poll() is not None:
            raise failed("a process of the Procfile ended")
        if (status := _status(port, "/")) not in (200, 302):
            raise failed(f"the front page is answered {status}")
        time.sleep(SETTLING)
        if process.poll() is not None:
            raise failed("a process of the Procfile ended")
        if "Traceback" in log.read_text("utf-8", "replace"):
            raise failed("a traceback")
        process.send_signal(signal.SIGTERM)
        if not _wait(lambda: process.poll() is not None and _status(port, "/") == 0):
            raise failed("it does not stop")
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _status(port: int, path: str) -> int:
    """Return the status of an answer; 0 if there is none."""
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as response:
            return int(response.status)
    except HTTPError as error:
        return error.code
    except (URLError, OSError):
        return 0


def _wait(condition: Callable[[], bool]) -> bool:
    until = time.monotonic() + LIMIT
    while time.monotonic() < until:
        if condition():
            return True
        time.sleep(0.1)
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
