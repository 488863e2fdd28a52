"""A clock that stands still: twins are told the same time, so that all that tells it can be compared."""

import sys
import time
from collections.abc import Iterator
from datetime import datetime, tzinfo
from typing import Any

import pytest

START = 1_767_323_045.5
TOLD = {"core", "flask", "itsdangerous", "werkzeug"}


class Clock:
    """The time of twins, in seconds since 1970; it goes on only when it is told to."""

    now = START

    def time(self) -> float:
        """Return the time as ``time.time`` does."""
        return self.now


CLOCK = Clock()


class AnyTime(type):
    """Takes every time for one of its class."""

    def __instancecheck__(cls, found: object) -> bool:
        return isinstance(found, datetime)


class Standing(datetime, metaclass=AnyTime):
    """Times of which the present one is told by the clock."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "Standing":
        return cls.fromtimestamp(CLOCK.now, tz)


def told_the_time() -> Iterator[tuple[Any, str, Any]]:
    """Yield each place that tells applications the time: its owner, its name there, and what is to stand there."""
    stands_for: dict[Any, Any] = {time.time: CLOCK.time, datetime: Standing}
    yield time, "time", CLOCK.time  # also for email.utils, which makes the header Date
    for module in [
        module for name, module in sys.modules.items() if name.partition(".")[0] in TOLD
    ]:
        for name, found in vars(module).items():
            if found is time.time or found is datetime:
                yield module, name, stands_for[found]


@pytest.fixture(autouse=True)
def time_stands_still() -> Iterator[None]:
    """Have the clock tell applications the time; in test modules that import this."""
    with pytest.MonkeyPatch.context() as patch:
        for owner, name, told in [*told_the_time()]:
            patch.setattr(owner, name, told)
        yield
