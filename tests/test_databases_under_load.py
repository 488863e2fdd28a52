"""64 visitors write at once, and the database server is started anew: what was acknowledged is there, once."""

import http.client
import logging
import os
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

import projects
import pytest
from database_servers import LASTING, MariaDB, Postgres, pgbouncer, server_folder
from projects import Project, free_port
from test_servers_web import production

__all__ = ["server_folder"]  # a fixture

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("databases-under-load")]

WRITERS = 64
PROCESSES, THREADS = 2, 4
SECONDS = int(os.environ.get("SECONDS_OF_LOAD", "3")) / 2

VIEW = '''

def keep(key: str) -> ResponseReturnValue:
    """Keep a page with this title."""
    {statements}
    return "kept", 201
'''
WRITE = {
    "sqlalchemy": "db.session.add(Page(title=key))\n    db.session.commit()",
    "peewee": "Page.create(title=key)",
}
CONNECTIONS = {
    "postgres": "SELECT count(*) FROM pg_stat_activity"
    " WHERE backend_type = 'client backend' AND application_name <> 'psql'",  # who counts, now and before
    "mysql": "SELECT count(*) FROM information_schema.processlist WHERE user = 'ada'",
}


class Told(NamedTuple):
    """What a writer was told of a key."""

    key: str
    begun: float
    ended: float
    status: int
    retry_after: str


class Writer(Thread):
    """Sends one key after the other, each once, whatever the answer."""

    def __init__(self, port: int, name: str, enough: Event) -> None:
        super().__init__(name=name, daemon=True)
        self._port, self._enough = port, enough
        self.told: list[Told] = []

    def run(self) -> None:
        """Send until it is enough."""
        while not self._enough.is_set():
            self.told.append(self._send(f"{self.name}-{len(self.told)}"))

    def _send(self, key: str) -> Told:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        begun = time.monotonic()
        try:
            connection.request("POST", f"/keep/{key}", body=b"")
            answer = connection.getresponse()
            answer.read()
            again = answer.headers.get("Retry-After", "")
            return Told(key, begun, time.monotonic(), answer.status, again)
        finally:
            connection.close()


class Watch(Thread):
    """Counts the connections to a database, again and again.

    What counts are those of two looks: a server shows a connection for a moment after its client has closed it.
    """

    def __init__(self, server: Postgres | MariaDB, query: str, enough: Event) -> None:
        super().__init__(daemon=True)
        self._server, self._query, self._enough = server, query, enough
        self.seen = [0]

    def run(self) -> None:
        """Count until it is enough."""
        while not self._enough.wait(0.2):
            if counted := self._server.ask(self._query).strip():
                self.seen.append(int(counted))


class Load:
    """All that write, and somebody who counts."""

    def __init__(self, port: int, server: Postgres | MariaDB, kind: str) -> None:
        self._enough = Event()
        self._writers = [Writer(port, f"w{number}", self._enough) for number in range(WRITERS)]
        self._watch = Watch(server, CONNECTIONS[kind], self._enough)
        for thread in (*self._writers, self._watch):
            thread.start()

    def end(self) -> tuple[list[Told], int]:
        """Have them end; return what was told, and the most connections that were seen."""
        self._enough.set()
        for thread in (*self._writers, self._watch):
            thread.join(projects.LIMIT)
            assert not thread.is_alive()
        told = [one for writer in self._writers for one in writer.told]
        return told, max(map(min, pairwise(self._watch.seen)))


@pytest.fixture(
    scope="module",
    params=[("sqlalchemy", "postgres"), ("peewee", "postgres"), ("sqlalchemy", "mysql")],
    ids="-".join,
)
def pair(request: pytest.FixtureRequest) -> tuple[str, str]:
    """The extensions: whose models, and whose server it is."""
    orm, server = request.param
    return orm, server


@pytest.fixture(scope="module")
def kind(pair: tuple[str, str]) -> str:
    """The extension whose server it is."""
    return pair[1]


@pytest.fixture(scope="module")
def project(pair: tuple[str, str], tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A project with a view that writes."""
    orm, kind = pair
    folder = tmp_path_factory.mktemp("-".join(pair))
    flags = ("--preset", "minimal", "--set", "deploy=none", "--with", "gunicorn")
    made = projects.new_project(folder, *flags, "--with", orm, "--with", kind)
    package = made.folder / made.package
    views = (package / "views.py").read_text()
    imports = "\nfrom .extensions import db\nfrom .models import Page\n"
    (package / "views.py").write_text(
        views.replace("\n# What load", f"{imports}\n# What load")
        + VIEW.format(statements=WRITE[orm])
    )
    app = (package / "app.py").read_text()
    route = '    app.add_url_rule("/healthz", view_func=views.healthz)\n'
    keep = '    app.add_url_rule("/keep/<key>", view_func=views.keep, methods=["POST"])\n'
    assert app.count(route) == 1
    (package / "app.py").write_text(app.replace(route, route + keep))
    return made


def test_what_is_acknowledged_is_there_once_though_the_server_starts_anew(
    project: Project, kind: str, server_folder: Path
) -> None:
    server = LASTING[kind](server_folder)
    port = free_port()
    numbers = {"WEB_CONCURRENCY": str(PROCESSES), "WEB_THREADS": str(THREADS)}
    surroundings = production(port, DATABASE_URL=server.url, **numbers)
    with server.running():
        server.create("shop")
        project.must_run("python", "manage.py", "release", DATABASE_URL=server.url)
    with project.serve(*project.web, port=port, **surroundings):
        with server.running():
            load = Load(port, server, kind)
            time.sleep(SECONDS)
            down = time.monotonic()
        with server.running():
            up = time.monotonic()
            time.sleep(SECONDS)
            told, connections = load.end()
            kept = Counter(server.ask("SELECT title FROM pages").split())

    acknowledged = {one.key for one in told if one.status == 201}
    refused = [one for one in told if one.status != 201]
    logging.info(
        "%s: %d kept, %d refused, %.2f s away", kind, len(acknowledged), len(refused), up - down
    )
    assert max(kept.values()) == 1
    assert acknowledged <= kept.keys() <= {one.key for one in told}
    assert {(one.status, one.retry_after) for one in refused} == {(503, "5")}
    # Only while it was away.
    assert all(one.begun < up and one.ended > down for one in refused)
    assert any(one.begun > up for one in told)
    assert 0 < connections <= PROCESSES * THREADS


@pytest.mark.parametrize("pair", [("sqlalchemy", "postgres")], scope="module", ids="-".join)
def test_behind_pgbouncer_all_are_kept_over_fewer_connections(
    project: Project, kind: str, server_folder: Path
) -> None:
    server, port = Postgres(server_folder), free_port()
    with server.running():
        server.create("shop")
        project.must_run("python", "manage.py", "release", DATABASE_URL=server.url)
        with pgbouncer(server_folder, server, connections=3) as url:
            numbers = {"WEB_CONCURRENCY": str(PROCESSES), "WEB_THREADS": str(THREADS)}
            pooled = production(port, DATABASE_URL=url, DATABASE_POOLER="1", **numbers)
            with project.serve(*project.web, port=port, **pooled):
                load = Load(port, server, kind)
                time.sleep(SECONDS)
                told, connections = load.end()
        kept = Counter(server.ask("SELECT title FROM pages").split())

    assert {one.status for one in told} == {201}
    assert kept == Counter(one.key for one in told)
    assert 0 < connections <= 3
