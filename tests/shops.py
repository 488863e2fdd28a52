"""A project whose tasks can be counted, for the tests of what becomes of tasks when processes die."""

import shutil
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import projects
import pytest
from projects import Project, started, wait_until
from workers import READY, Worker, working

LEDGER = Path(__file__).parent / "ledger"

BOOKS = """
from my_shop.app import app
from my_shop.extensions import db
from my_shop.ledger import Account, Credit
from sqlalchemy import func, select

with app.app_context():
    credits = db.session.scalar(select(func.count()).select_from(Credit))
    print(credits, db.session.scalar(select(Account.balance)))
"""

AGAIN = """
from my_shop.app import app
from my_shop.extensions import db
from my_shop.ledger import Credit, credit
from sqlalchemy import select

with app.app_context():
    done = set(db.session.scalars(select(Credit.payment)))
    for payment in set(range({count})) - done:
        credit.delay(payment)
"""

REST = """
from my_shop.app import app
from my_shop.ledger import rest

with app.app_context():
    rest.delay({seconds})
"""

EMPTY = """
from my_shop.app import app
from my_shop.extensions import db
from my_shop.ledger import Account, Credit
from sqlalchemy import delete

with app.app_context():
    db.create_all()
    db.session.execute(delete(Credit))
    db.session.execute(delete(Account))
    db.session.add(Account(balance=0))
    db.session.commit()
"""


class Shop(NamedTuple):
    """A project, its kind of queue, and the settings with which its processes reach what they need."""

    project: Project
    kind: str
    folder: Path
    settings: dict[str, str]

    def lines(self) -> list[str]:
        """Return what the tasks have written down."""
        file = self.folder / "ledger.txt"
        return file.read_text().splitlines() if file.exists() else []

    def told(self, what: str) -> Counter[str]:
        """Tell how often it was written down that tasks were begun, or done, or done again."""
        words = (line.split() for line in self.lines())
        return Counter(word[1] for word in words if len(word) == 2 and word[0] == what)

    def credited(self) -> int:
        """Tell how many payments are known to be credited; a process may be killed before it says so."""
        return len({*self.told("done"), *self.told("again")})

    def books(self) -> tuple[int, int]:
        """Return how many payments are in the database, and what they have come to."""
        credited, balance = self.project.python(BOOKS, **self.settings).split()
        return int(credited), int(balance)

    def send_again(self, count: int) -> None:
        """Send what the database does not say is done, as a job that runs now and then would."""
        self.project.python(AGAIN.format(count=count), **self.settings)

    def rest(self, seconds: int) -> None:
        """Send a task that takes some time."""
        self.project.python(REST.format(seconds=seconds), **self.settings)

    def wait_for(self, count: int) -> None:
        """Wait until so many payments are credited; fail when for some time there are no more."""
        before, since = -1, time.monotonic()
        while (now := self.credited()) < count:
            if now > before:
                before, since = now, time.monotonic()
            elif time.monotonic() - since > projects.LIMIT:
                pytest.fail(f"{now} of {count} done, and then no more: {self.folder}")
            time.sleep(0.1)

    def wait_for_books(self, count: int) -> None:
        """Wait until so many payments are in the database, also those of which a killed process said nothing."""
        wait_until(lambda: self.books() == (count, count), f"{count} payments in the database")

    @contextmanager
    def working(self, name: str) -> Iterator[Worker]:
        """Start a worker, and wait until it is ready."""
        with working(self.project, self.folder / f"{name}.log", **self.settings) as worker:
            worker.wait_for(READY[self.kind])
            yield worker

    @contextmanager
    def sending(self, count: int) -> Iterator[subprocess.Popen[bytes]]:
        """Send tasks, in a process of its own."""
        python = self.project.folder / ".venv/bin/python"
        surroundings = self.project.environment(**self.settings, PYTHONPATH=".")
        log = self.folder / "sender.log"
        command = (python, LEDGER / "send.py", str(count))
        with started(*command, cwd=self.project.folder, log=log, environment=surroundings) as it:
            yield it


def new_shop(folder: Path, kind: str, database: str, *flags: str) -> Shop:
    """Make a project of a kind of queue, with the tasks to be counted."""
    chosen = ("--with", kind, "--with", "sqlalchemy", "--with", "postgres", *flags)
    project = projects.new_project(folder, "--preset", "minimal", "--no-git", *chosen)
    package = project.folder / project.package
    shutil.copy(LEDGER / "ledger.py", package)
    with (package / "tasks.py").open("a") as tasks:
        tasks.write("\n\nfrom . import ledger as ledger  # the tasks of the test\n")
    return Shop(project, kind, folder, {"DATABASE_URL": database})


def opened(shop: Shop, folder: Path, **settings: str) -> Shop:
    """Return a shop with empty books and other settings."""
    known = {**shop.settings, "LEDGER": str(folder / "ledger.txt"), **settings}
    shop.project.python(EMPTY, **known)
    return shop._replace(folder=folder, settings=known)
