"""Make projects of chosen selections for real: install, test, lint, type, serve, stop.

    python tools/matrix.py "caching redis" "mail celery.broker=redis deploy=none"
    python tools/matrix.py                      every row of the strength-2 covering array
    python tools/matrix.py --shard 2/5          every fifth row, from the second
    python tools/matrix.py --all                also those that were green before

Each row gets a project and an environment of its own that holds exactly its pinned
requirements, hash-checked. A row that was green is not run again as long as its rendered
digest is the same; `.matrix/` remembers. A row that fails keeps its folder, and says where.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from scaffold_cli.answers import Answers, complete  # noqa: E402
from scaffold_cli.catalog import Catalog  # noqa: E402
from scaffold_cli.render import render  # noqa: E402

GREEN = HERE / ".matrix"
NAME, SLUG, PACKAGE = "My Shop", "my-shop", "my_shop"
LIMIT = 120  # seconds that a server may take to answer, or to stop
QUIET = {"PYTHONDONTWRITEBYTECODE": "1", "COLUMNS": "120"}
CHECKS = {
    "pytest": ("python", "-W", "default", "-m", "pytest", "-q", "-p", "no:cacheprovider"),
    "unittest": ("python", "-m", "unittest", "discover", "-s", f"{PACKAGE}/"),
    "ruff check": ("ruff", "check", "--no-cache"),
    "ruff format": ("ruff", "format", "--check", "--no-cache"),
    "mypy": ("mypy", "--cache-dir", str(Path(tempfile.gettempdir(), "matrix-mypy"))),
}


class Row(NamedTuple):
    """One selection: words, each an extension's id, ``id.option=value`` or ``question=answer``."""

    words: tuple[str, ...]

    @property
    def answers(self) -> Answers:
        """The answers that it stands for."""
        plain = [word for word in self.words if "=" not in word]
        options = [word for word in self.words if "." in word.partition("=")[0]]
        given = dict(
            word.split("=", 1) for word in self.words if "=" in word and word not in options
        )
        chosen = {"extensions": " ".join(plain), "options": " ".join(options)}
        return complete({"project_name": NAME, **chosen, **given})

    def digest(self) -> str:
        """Return a hash of all that is rendered, the pins in it too."""
        tree = render(self.answers, Catalog())
        total = hashlib.sha256()
        for path, file in tree.items():
            total.update(path.encode() + b"\0" + file.content + b"\0")
        return total.hexdigest()

    def flags(self) -> Iterator[str]:
        """Yield the flags of ``scaffold new``."""
        for word in self.words:
            yield from ("--set", word) if "=" in word else ("--with", word)


class RowError(Exception):
    """A check of a row failed; the text is what it printed."""


def try_row(row: Row) -> None:
    """Make a row's project in a folder of its own, and check it.

    Raises:
        RowError: A check failed; the folder stays.
    """
    root = Path(tempfile.mkdtemp(prefix="row-"))
    project = root / SLUG
    _run(
        "new",
        [
            *(sys.executable, "-m", "scaffold_cli", "new", NAME, "--preset", "minimal"),
            *row.flags(),
            *("-o", str(root), "-y", "--install", "--no-git"),
        ],
        HERE,
    )
    for name, command in CHECKS.items():
        _run(name, command, project)
    serve(project)
    shutil.rmtree(root)


def _run(name: str, command: Sequence[str], folder: Path) -> None:
    done = subprocess.run(
        [_program(command[0], folder), *command[1:]],
        cwd=folder,
        env=_environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RowError(f"{name} in {folder}:\n{done.stdout[-6000:]}")


def _program(name: str, folder: Path) -> str:
    own = folder / ".venv/bin" / name
    return str(own) if own.exists() else name


def _environment(folder: Path) -> dict[str, str]:
    """Return an environment with the project's own activated, and no setting of ours."""
    kept = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
    path = f"{folder / '.venv/bin'}{os.pathsep}{os.environ['PATH']}"
    return {**kept, **QUIET, "PATH": path, "PYTHONPATH": str(HERE) if folder == HERE else ""}


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
        time.sleep(2)  # a server's other workers, and other processes, may still be starting
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


def check(row: Row, *, again: bool) -> str:
    """Try a row unless it was green as it is.

    Returns:
        ``green``, ``same`` (it was green before), or why it failed.
    """
    mark = GREEN / row.digest()
    if mark.exists() and not again:
        return "same"
    try:
        try_row(row)
    except RowError as failure:
        return str(failure)
    GREEN.mkdir(exist_ok=True)
    mark.write_text(" ".join(row.words) + "\n", "utf-8")
    return "green"


def run(rows: Sequence[Row], *, again: bool, workers: int) -> int:
    """Try rows, print how each ended, and return how many failed."""
    failed = 0
    with ThreadPoolExecutor(workers) as pool:
        for row, outcome in zip(rows, pool.map(lambda r: check(r, again=again), rows), strict=True):
            word = outcome if outcome in ("green", "same") else "FAILED"
            print(f"{word:>7}  {' '.join(row.words) or '(nothing)'}", flush=True)
            if word == "FAILED":
                failed += 1
                print(outcome, flush=True)
    return failed


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Make projects of chosen selections for real.")
    parser.add_argument("selections", nargs="*", metavar="SELECTION")
    parser.add_argument("--all", action="store_true", help="also those that were green before")
    parser.add_argument("--workers", type=int, default=2, help="how many at once")
    given = parser.parse_args()
    rows = [Row(tuple(selection.split())) for selection in given.selections]
    raise SystemExit(1 if run(rows, again=given.all, workers=given.workers) else 0)


if __name__ == "__main__":
    main()
