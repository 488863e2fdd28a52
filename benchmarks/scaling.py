"""How many requests a process of a generated application answers each second, and how many processes a load asks for.

    python benchmarks/scaling.py [--rounds 5] [--seconds 4]

Two projects behind gunicorn, one process with four threads each, are asked by wrk over 16 connections: one with pages in PostgreSQL,
straight and through PgBouncer, and one with its sessions in Redis. All of them run at the same time and are asked in turn. The
servers are Debian's, started for this alone, as the tests start them.
"""

import re
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from math import ceil
from pathlib import Path
from statistics import median
from typing import NamedTuple

from report import machine, publish, statistics, table
from workbench import ROOT, warn_of_load

sys.path.insert(0, str(ROOT / "tests"))

from database_servers import Postgres, pgbouncer, servers_folder
from projects import Project, Server, free_port, new_project
from redis_server import RedisServer, redis_server

PAGE = ROOT / "docs" / "scaling.md"
THREADS = 4
CONNECTIONS = 16
SESSIONS = ("--with", "session", "--with", "redis", "--with", "wtf")
LOADS = (10, 1_000, 100_000)  # requests a second
BUSY = 0.6  # how much of a process's time is planned with: queues grow fast beyond that
IN_A_DYNO = 2  # processes, as Heroku sets WEB_CONCURRENCY for 512 MB
BASE = ("--preset", "minimal", "--set", "deploy=none", "--no-git", "--with", "gunicorn")


class Case(NamedTuple):
    """Something that is asked for."""

    name: str
    server: str
    path: str
    visitor: bool = False  # one who has a session


CASES = (
    Case("`/healthz`, a line of JSON", "database", "/healthz"),
    Case("a plain page, by a template", "database", "/"),
    Case("a page with one query, PostgreSQL", "database", "/pages/1"),
    Case("the same through PgBouncer", "pooler", "/pages/1"),
    Case("a plain page, the session in Redis", "sessions", "/", visitor=True),
)


class Engines(NamedTuple):
    """The servers of data, asked by their own programs."""

    folder: Path
    database: Postgres
    redis: RedisServer

    def ask(self, seconds: int) -> dict[str, float]:
        """Return what each answers in a second."""
        query = self.folder / "page.sql"
        query.write_text("SELECT title, text FROM pages WHERE id = 1;\n")
        pgbench = f"{self.database.tools}/pgbench -n -M prepared -c{CONNECTIONS} -T{seconds}"
        redis = f"redis-benchmark -p {self.redis.port} -c {CONNECTIONS} -t get -n 100000 --csv"
        return {
            "PostgreSQL, one row by its key": float(
                told(f"{pgbench} -f {query} {self.database.url}", r"tps = ([\d.]+)")
            ),
            "Redis, GET": float(told(redis, r'"GET","([\d.]+)"')),
        }


def told(command: str, what: str) -> str:
    """Run a program, and return what it tells."""
    done = subprocess.run(command.split(), check=True, capture_output=True, text=True)
    found = re.search(what, done.stdout)
    assert found, done.stdout
    return found[1]


class Process(NamedTuple):
    """A server of one process, and the cookie of somebody who was there before."""

    server: Server
    cookie: str

    def ask(self, case: Case, seconds: float) -> float:
        """Return the requests that were answered each second."""
        words = f"wrk -t1 -c{CONNECTIONS} -d{seconds}s {self.server.address}{case.path}".split()
        if case.visitor:
            assert self.cookie
            words += ["-H", f"Cookie: {self.cookie}"]
        report = subprocess.run(words, check=True, capture_output=True, text=True).stdout
        assert "Non-2xx" not in report and "Socket errors" not in report, report
        [rate] = re.findall(r"Requests/sec: +([\d.]+)", report)
        return float(rate)

    def memory(self) -> float:
        """Return the megabytes that the worker has for itself, and its part of what it shares."""
        children = subprocess.run(
            ["pgrep", "-P", str(self.server.pid)], check=True, capture_output=True, text=True
        )
        [worker] = children.stdout.split()
        shares = Path(f"/proc/{worker}/smaps_rollup").read_text()
        [kilobytes] = re.findall(r"^Pss: +(\d+) kB", shares, re.MULTILINE)
        return int(kilobytes) / 1024


def main() -> None:
    """Measure, and publish the tables."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="at least 3 (default: 5)")
    parser.add_argument("--seconds", type=int, default=4, help="of each load (default: 4)")
    options = parser.parse_args()
    rates: dict[Case, list[float]] = {case: [] for case in CASES}
    answers: dict[str, list[float]] = {}
    busy = warn_of_load()
    with servers_folder() as folder, processes(folder) as (running, engines):
        for case in CASES:
            running[case.server].ask(case, 1)  # all is loaded, and prepared, then
        for _ in range(options.rounds):
            for case in CASES:
                rates[case].append(running[case.server].ask(case, options.seconds))
            for what, rate in engines.ask(options.seconds).items():
                answers.setdefault(what, []).append(rate)
        memory = {name: process.memory() for name, process in running.items()}
    publish("requests", requests(rates, memory, busy), PAGE)
    publish("engines", table(*engine_table(answers)), PAGE)
    publish("arithmetic", arithmetic(rates, memory), PAGE)


@contextmanager
def processes(folder: Path) -> Iterator[tuple[dict[str, Process], Engines]]:
    """Start a process of each kind, and what it needs."""
    pages = new_project(folder / "pages", *BASE, "--with", "sqlalchemy", "--with", "postgres")
    sessions = new_project(folder / "sessions", *BASE, *SESSIONS)
    database = Postgres(folder)
    with ExitStack() as stack:
        stack.enter_context(database.running())
        database.create("shop")
        for words in (("release",), ("add-page", "First", "--text", "A paragraph of text.")):
            pages.must_run("python", "manage.py", *words, DATABASE_URL=database.url)
        pooled = stack.enter_context(pgbouncer(folder, database, connections=THREADS))
        redis = stack.enter_context(redis_server(folder))
        servers: Mapping[str, tuple[Project, dict[str, str]]] = {
            "database": (pages, {"DATABASE_URL": database.url}),
            "pooler": (pages, {"DATABASE_URL": pooled, "DATABASE_POOLER": "1"}),
            "sessions": (sessions, {"REDIS_URL": redis.url()}),
        }
        running = {
            name: stack.enter_context(process(project, settings))
            for name, (project, settings) in servers.items()
        }
        yield running, Engines(folder, database, redis)


@contextmanager
def process(project: Project, settings: dict[str, str]) -> Iterator[Process]:
    """Serve a project by one process, as in production, but for its line for each request."""
    port = free_port()
    numbers = {"WEB_CONCURRENCY": "1", "WEB_THREADS": str(THREADS), "PORT": str(port)}
    surroundings = {"FLASK_DEBUG": "0", "SESSION_COOKIE_SECURE": "0", **numbers, **settings}
    words = (*project.web, "--access-logfile=/dev/null")
    with project.serve(*words, port=port, **surroundings) as server:
        cookie = server.get("/preferences").headers.get("Set-Cookie") or ""
        yield Process(server, cookie.partition(";")[0])


def requests(rates: Mapping[Case, list[float]], memory: Mapping[str, float], busy: str) -> str:
    """Return the table of what one process answers."""
    rounds = len(rates[CASES[0]])
    rows = [
        [
            case.name,
            *statistics(rates[case], digits=0)[::2],
            f"{1000 / median(rates[case]):.2f}",
            f"{memory[case.server]:.0f}",
        ]
        for case in CASES
    ]
    head = [
        "one process, four threads",
        "requests a second",
        "interquartile range",
        "ms each",
        "MB",
    ]
    facts = f"Medians of {rounds} rounds. {machine()}. {busy}".rstrip()
    return f"{facts}\n\n{table(head, rows)}"


def engine_table(answers: Mapping[str, list[float]]) -> tuple[list[str], list[list[str]]]:
    """Return head and rows of the table of what servers of data answer."""
    rows = [[name, *statistics(rates, digits=0)[::2]] for name, rates in answers.items()]
    return ["one server", "answers a second", "interquartile range"], rows


def arithmetic(rates: Mapping[Case, list[float]], memory: Mapping[str, float]) -> str:
    """Return the table of what a load asks for."""
    rows = []
    for load in LOADS:
        for case in CASES[1:3]:
            needed = ceil(load / (median(rates[case]) * BUSY))
            rows.append(
                [
                    f"{load:,}",
                    case.name,
                    f"{needed:,}",
                    f"{ceil(load / median(rates[case])):,}",
                    f"{needed * memory[case.server] / 1024:,.1f}",
                    f"{ceil(needed / IN_A_DYNO):,}",
                    f"{needed * THREADS:,}" if case.path != "/" else "0",
                ]
            )
    head = ["requests a second", "each", "processes", "cores", "GB", "dynos", "connections"]
    return table(head, rows)


if __name__ == "__main__":
    main()
