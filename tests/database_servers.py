"""Database servers of our own for the tests, each with an empty folder, on a free port of this machine."""

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple
from urllib.parse import urlsplit

import projects
import pytest
from projects import free_port, started, wait_until


class Server(NamedTuple):
    """A database server of our own, and its three empty databases."""

    url: str

    @property
    def test_url(self) -> str:
        """The address of the database for the project's own tests."""
        return f"{self.url}_test"

    @property
    def peewee_url(self) -> str:
        """The address of the database for Peewee's tables."""
        return f"{self.url}_peewee"


def found(name: str, *folders: str) -> str:
    """Return the path of a server's program, which need not be on the PATH; skip where there is none."""
    places = os.pathsep.join([os.environ["PATH"], *folders])
    path = shutil.which(name, path=places)
    if path is None:
        pytest.skip(f"needs {name}")
    return path


def as_server(*command: str | Path) -> list[str]:
    """Return a command that runs as somebody else where we are root, as which these servers refuse to run."""
    words = [str(word) for word in command]
    return (
        ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *words]
        if is_root()
        else words
    )


def is_root() -> bool:
    """Tell whether the tests run as root, as in containers."""
    return os.geteuid() == 0


def must(*command: str | Path, cwd: Path, typed: str = "") -> None:
    """Run a command that prepares a server."""
    done = projects.run(*command, cwd=cwd, typed=typed)
    assert done.returncode == 0, done.stdout + done.stderr


@contextmanager
def servers_folder() -> Iterator[Path]:
    """Make a folder that the servers' user may reach and write to, and remove it.

    It is none of pytest's, which any other pytest that is started meanwhile, as by a project's own tests, closes to others.
    """
    with TemporaryDirectory(prefix="servers-", ignore_cleanup_errors=True) as name:
        if is_root():
            os.chown(name, 65534, 65534)
        yield Path(name)


@pytest.fixture(scope="module")
def server_folder() -> Iterator[Path]:
    """Such a folder."""
    with servers_folder() as folder:
        yield folder


class Postgres:
    """PostgreSQL; no password is asked for on loopback."""

    def __init__(self, folder: Path, *options: str) -> None:
        versions = sorted(str(p) for p in Path("/usr/lib/postgresql").glob("*/bin"))
        self._program = found("postgres", *versions)
        self.tools = Path(self._program).resolve().parent
        self._folder, self._port = folder, free_port()
        self._data = folder / f"pg-{self._port}"
        self._options = options
        self._address = ("-h", "127.0.0.1", "-p", str(self._port), "-U", "ada")
        self.url = f"postgresql://ada@127.0.0.1:{self._port}/shop"
        initdb = (self.tools / "initdb", "-D", self._data, "-U", "ada", "-A", "trust", "-N")
        must(*as_server(*initdb), cwd=folder)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Start it; at the end it is stopped, and breaks off what it is doing."""
        options = ("-D", self._data, "-p", self._port, "-h", "127.0.0.1", "-k", "", "-F")
        command = as_server(self._program, *map(str, options), *self._options)
        log, surroundings = self._folder / "pg.log", projects.clean_environment()
        with started(*command, cwd=self._folder, log=log, environment=surroundings) as process:
            wait_until(lambda: not _code(self.tools / "pg_isready", *self._address), "PostgreSQL")
            yield
            process.send_signal(signal.SIGINT)  # TERM would have it wait for its clients
            process.wait(projects.LIMIT)

    def create(self, *names: str) -> None:
        """Create databases."""
        for name in names:
            must(self.tools / "createdb", *self._address, name, cwd=self._folder)

    def ask(self, query: str) -> str:
        """Return what it answers, a row a line; nothing if it does not."""
        words = (self.tools / "psql", *self._address, "-d", "shop", "-Atc", query)
        return projects.run(*words, cwd=self._folder).stdout


@contextmanager
def pgbouncer(folder: Path, server: Postgres, connections: int) -> Iterator[str]:
    """Start PgBouncer before a server, pooling transactions; gives the address to use instead."""
    program, port = found("pgbouncer", "/usr/sbin"), free_port()
    address = urlsplit(server.url)
    settings = folder / "pgbouncer.ini"
    settings.write_text(
        f"[databases]\nshop = host=127.0.0.1 port={address.port} user={address.username}\n"
        f"[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\nauth_type = any\n"
        f"pool_mode = transaction\ndefault_pool_size = {connections}\nunix_socket_dir =\n"
    )
    log, surroundings = folder / "pgbouncer.log", projects.clean_environment()
    command = as_server(program, settings)
    with started(*command, cwd=folder, log=log, environment=surroundings):
        wait_until(lambda: projects.is_listening(port), "PgBouncer")
        yield server.url.replace(str(address.port), str(port))


class MariaDB:
    """MariaDB, with a user who has a password."""

    def __init__(self, folder: Path) -> None:
        self._program = found("mariadbd", "/usr/sbin")
        install, self._client = found("mariadb-install-db"), found("mariadb")
        self._folder, self._port = folder, free_port()
        self._socket, data = folder / f"{self._port}.sock", folder / f"maria-{self._port}"
        self._plain = ("--no-defaults", f"--datadir={data}", f"--tmpdir={folder}")
        self._root = (self._client, "--no-defaults", "-u", "root", f"--socket={self._socket}")
        self.url = f"mysql://ada:s3cret@127.0.0.1:{self._port}/shop"
        normal = "--auth-root-authentication-method=normal"
        must(*as_server(install, *self._plain, normal), cwd=folder)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Start it; at the end it is stopped, and breaks off what it is doing."""
        options = (f"--port={self._port}", "--bind-address=127.0.0.1", f"--socket={self._socket}")
        command = as_server(self._program, *self._plain, *options)
        log, surroundings = self._folder / "maria.log", projects.clean_environment()
        with started(*command, cwd=self._folder, log=log, environment=surroundings):
            wait_until(lambda: not _code(*self._root, "-e", "SELECT 1"), "MariaDB")
            yield

    def create(self, *names: str) -> None:
        """Create databases of that user."""
        for name in names:
            create = f"CREATE DATABASE {name} CHARACTER SET utf8mb4"
            grant = f"GRANT ALL ON {name}.* TO ada@'127.0.0.1' IDENTIFIED BY 's3cret'"
            must(*self._root, "-e", f"{create}; {grant}", cwd=self._folder)

    def ask(self, query: str) -> str:
        """Return what it answers, a row a line; nothing if it does not."""
        return projects.run(*self._root, "shop", "-Ne", query, cwd=self._folder).stdout


LASTING = {"postgres": Postgres, "mysql": MariaDB}
DATABASES = ("shop", "shop_test", "shop_peewee")


@contextmanager
def postgres(folder: Path) -> Iterator[Server]:
    """Start PostgreSQL with three empty databases."""
    server = Postgres(folder)
    with server.running():
        server.create(*DATABASES)
        yield Server(server.url)


@contextmanager
def mariadb(folder: Path) -> Iterator[Server]:
    """Start MariaDB with three empty databases."""
    server = MariaDB(folder)
    with server.running():
        server.create(*DATABASES)
        yield Server(server.url)


def _code(*command: str | Path) -> int:
    return subprocess.run(
        [str(word) for word in command], capture_output=True, check=False
    ).returncode


SERVERS = {"postgres": postgres, "mysql": mariadb}
