"""Tasks that can be counted: the tests of durability put this module into a project, where ``tasks.py`` imports it."""

import os
import time

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, mapped_column

from .database import Base
from .extensions import db, queue


class Credit(Base):
    """A payment that has been credited: its key says that it is not to be done again."""

    __tablename__ = "credits"

    payment: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class Account(Base):
    """What has been credited altogether."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    balance: Mapped[int] = mapped_column(default=0)


@queue.task(retries=3, wait=1)
def credit(payment: int) -> None:
    """Credit a payment, once however often this runs."""
    write_down("begun", payment)
    time.sleep(0.005)
    db.session.add(Credit(payment=payment))
    try:
        db.session.flush()
    except IntegrityError:
        write_down("again", payment)
        return
    db.session.execute(update(Account).values(balance=Account.balance + 1))
    db.session.commit()
    write_down("done", payment)


@queue.task()
def rest(seconds: float) -> None:
    """Take some time, and try nothing again."""
    write_down("begun", os.getpid())
    time.sleep(seconds)
    write_down("done", os.getpid())


def write_down(what: str, number: int) -> None:
    """Add a line to the log, whatever becomes of the transaction."""
    with open(os.environ["LEDGER"], "a") as file:
        file.write(f"{what} {number}\n")
