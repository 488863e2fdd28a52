"""Real projects for the tests: made by ``scaffold new`` in a process of its own, then run, served and browsed."""

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from html import unescape
from http.client import HTTPException
from http.cookiejar import CookieJar, DefaultCookiePolicy
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener

import pytest

LIMIT = 60  # seconds after which anything that is waited for counts as failed
# The talk's own: a site with accounts, mail and Redis, small enough to be looked at closely.
SITE = ("--with", "login", "--with", "mail", "--with", "redis")
NAME, SLUG, PACKAGE = "My Shop", "my-shop", "my_shop"

# What a shell may bring along and what would change how a project runs, or where its cache is.
FOREIGN = re.compile(
    r"(PYTEST_|FLASK_|GIT_).*|VIRTUAL_ENV|PYTHON(PATH|HOME|DONTWRITEBYTECODE|WARNINGS)"
    r"|SECRET_KEY|(TEST_)?DATABASE_URL|REDIS_(TLS_)?URL|MONGO_URI|COUCHDB_URL|MAIL_SERVER|TRUSTED_PROXIES|PORT|WEB_CONCURRENCY|DYNO|GUNICORN_CMD_ARGS|FORWARDED_ALLOW_IPS|HONCHO_.*"
)
COMMITTER = {
    f"GIT_{role}_{what}": value
    for role in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "Ada"), ("EMAIL", "ada@example.com"))
}

Done = subprocess.CompletedProcess[str]


def clean_environment(**changes: str | None) -> dict[str, str]:
    """Return this process's environment without what is foreign, and with some changes; None takes away."""
    kept = {key: value for key, value in os.environ.items() if not FOREIGN.fullmatch(key)}
    changed = {**kept, **COMMITTER, **changes}
    return {key: value for key, value in changed.items() if value is not None}


def run(
    *command: str | Path, cwd: Path, typed: str = "", environment: Mapping[str, str] | None = None
) -> Done:
    """Run a command to its end; its output is text."""
    return subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        input=typed,
        env=clean_environment() if environment is None else environment,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=LIMIT * 5,
    )


def scaffold(*arguments: str | Path, cwd: Path, **environment: str | None) -> Done:
    """Run the checkout's ``scaffold`` in a process of its own."""
    command = (sys.executable, "-m", "scaffold_cli", *arguments)
    return run(*command, cwd=cwd, environment=clean_environment(**environment))


def wait_until(condition: Callable[[], object], what: str) -> None:
    """Poll until a condition holds; fail when it does not within the limit."""
    deadline = time.monotonic() + LIMIT
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"waited {LIMIT} s in vain: {what}")
        time.sleep(0.05)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_listening(port: int) -> bool:
    """Tell whether somebody takes connections on a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@contextmanager
def started(
    *command: str | Path, cwd: Path, log: Path, environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Start a process as the leader of a group of its own; at the end nothing of the group is left."""
    # A child inherits that SIGINT is ignored, as it is in a shell's background jobs, but not a handler.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        with log.open("wb") as output:
            process = subprocess.Popen(
                [str(word) for word in command],
                cwd=cwd,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
    finally:
        signal.signal(signal.SIGINT, before)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(LIMIT / 2)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class Answer(NamedTuple):
    """An answer over HTTP."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def location(self) -> str:
        """Where a redirect leads."""
        return self.headers["Location"]


class _Stay(HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:  # type: ignore[override]
        """Follow no redirect: where it leads is what tests look at."""


class Browser:
    """Keeps cookies, follows no redirects, fills in forms; takes the way to the server for a safe one."""

    def __init__(self, address: str) -> None:
        self.address = address
        policy = DefaultCookiePolicy(secure_protocols=("http", "https"))
        self._opener = build_opener(HTTPCookieProcessor(CookieJar(policy)), _Stay)

    def get(self, path: str, **headers: str) -> Answer:
        """Open a page; ``X_Name="value"`` sends the header ``X-Name``."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._open(Request(self.address + path, headers=named))

    def post(self, path: str, **fields: str) -> Answer:
        """Send a form's fields, without having opened its page."""
        return self._open(Request(self.address + path, data=urlencode(fields).encode()))

    def submit(self, path: str, *, page: str = "", **fields: str) -> Answer:
        """Open a page, fill in its form and send it with its token."""
        text = self.get(page or path).text
        token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', text)
        assert token, text
        return self.post(path, csrf_token=unescape(token[1]), **fields)

    def _open(self, request: Request) -> Answer:
        try:
            response = self._opener.open(request, timeout=LIMIT)
        except HTTPError as error:
            response = error
        with response:
            return Answer(
                response.status, response.headers, response.read().decode("utf-8", "replace")
            )


class Server(Browser):
    """A server of a project: what it answers, what it prints, and how it stops."""

    def __init__(self, process: subprocess.Popen[bytes], port: int, log: Path) -> None:
        super().__init__(f"http://127.0.0.1:{port}")
        self._process, self._port, self._log = process, port, log

    @property
    def pid(self) -> int:
        """The number of the process that was started."""
        return self._process.pid

    def output(self) -> str:
        """Return what it has printed so far, without colours."""
        return re.sub(r"\x1b\[\d*m", "", self._log.read_text("utf-8", "replace"))

    def is_up(self) -> bool:
        """Tell whether it answers; fail if it never will."""
        assert self._process.poll() is None, self.output()
        try:
            return self.get("/healthz").status == 200
        except (OSError, HTTPException):
            return False

    def wait_for(self, text: str, times: int = 1) -> None:
        """Wait until it has printed a text so many times."""
        wait_until(lambda: self.output().count(text) >= times, f"{text!r} in {self._log}")

    def send(self, number: signal.Signals) -> None:
        """Send it a signal."""
        self._process.send_signal(number)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Send it a signal, and return its exit code."""
        self._process.send_signal(number)
        return self._process.wait(LIMIT)

    def interrupt(self) -> int:
        """Press Ctrl-C in its terminal, which reaches all its processes, and return its exit code."""
        os.killpg(self._process.pid, signal.SIGINT)
        return self._process.wait(LIMIT)

    def stop_all(self) -> None:
        """Send SIGTERM to all its processes at once, as Heroku does."""
        os.killpg(self._process.pid, signal.SIGTERM)

    def is_gone(self) -> bool:
        """Tell whether nothing of it listens any more."""
        return not is_listening(self._port)


class Project(NamedTuple):
    """A project with an environment of its own."""

    folder: Path
    package: str = PACKAGE

    @property
    def database(self) -> Path:
        """The SQLite file of its development."""
        return self.folder / "instance/app.db"

    @property
    def web(self) -> list[str]:
        """The words of its process ``web``."""
        procfile = (self.folder / "Procfile").read_text("utf-8")
        [line] = re.findall("^web: (.*)$", procfile, re.MULTILINE)
        return shlex.split(line)

    def environment(self, **changes: str | None) -> dict[str, str]:
        """Return an environment in which its ``.venv`` is activated."""
        path = f"{self.folder / '.venv/bin'}{os.pathsep}{os.environ['PATH']}"
        activated: dict[str, str | None] = {"VIRTUAL_ENV": str(self.folder / ".venv"), "PATH": path}
        return clean_environment(**{**activated, **changes})

    def run(self, *command: str | Path, typed: str = "", **environment: str | None) -> Done:
        """Run a command in it, as one types it."""
        return run(
            *_found(command, self.folder / ".venv/bin"),
            cwd=self.folder,
            typed=typed,
            environment=self.environment(**environment),
        )

    def must_run(self, *command: str | Path, typed: str = "", **environment: str | None) -> str:
        """Run a command that has to succeed, and return what it prints."""
        done = self.run(*command, typed=typed, **environment)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def python(self, code: str, **environment: str | None) -> str:
        """Run Python code in it, which has to succeed, and return what it prints."""
        return self.must_run("python", "-", typed=code, **environment)

    @contextmanager
    def serve(self, *command: str | Path, port: int, **environment: str | None) -> Iterator[Server]:
        """Start a server by its command and wait until it answers; stopped at the end in any case."""
        with self.start(*command, port=port, **environment) as server:
            wait_until(server.is_up, f"an answer of {command}")
            yield server

    @contextmanager
    def start(self, *command: str | Path, port: int, **environment: str | None) -> Iterator[Server]:
        """Start a server as ``serve`` does, without waiting for it."""
        log = self.folder.parent / f"server-{port}.log"
        words = _found(command, self.folder / ".venv/bin")
        surroundings = self.environment(**{"FORCE_HTTPS": "0", **environment})
        with started(*words, cwd=self.folder, log=log, environment=surroundings) as process:
            yield Server(process, port, log)

    def install(self, *requirements: str) -> None:
        """Add packages to its environment, which it does not ask for itself."""
        python = self.folder / ".venv/bin/python"
        done = run(uv(), "pip", "install", "--python", python, *requirements, cwd=self.folder)
        assert done.returncode == 0, done.stderr

    @contextmanager
    def edited(self, path: str, old: str, new: str) -> Iterator[None]:
        """Have one text of a file replaced for a while."""
        file = self.folder / path
        text = file.read_text("utf-8")
        assert text.count(old) == 1, text
        file.write_text(text.replace(old, new), "utf-8")
        try:
            yield
        finally:
            file.write_text(text, "utf-8")


def _found(command: tuple[str | Path, ...], folder: Path) -> tuple[str | Path, ...]:
    """Take the command from the environment's folder: a child's PATH does not count when it is looked up."""
    program = folder / command[0]
    return (program if program.exists() else command[0], *command[1:])


def new_project(folder: Path, *flags: str, name: str = NAME, slug: str = SLUG) -> Project:
    """Make and install a project in a folder, which is made too."""
    folder.mkdir(parents=True, exist_ok=True)
    done = scaffold("new", name, "-y", "--install", *flags, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return Project(folder / slug, slug.replace("-", "_"))


def uv() -> str:
    """Return the path of uv, on which scaffold depends."""
    from uv import find_uv_bin

    return str(find_uv_bin())


def chromium() -> str:
    """Return the path of a browser without a window; skip the test where there is none."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    path = next(filter(None, map(shutil.which, names)), None)
    if path is None:
        pytest.skip("needs Chromium")
    return path


def files_in(folder: Path) -> dict[str, bytes]:
    """Read all files below a folder: path to content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
