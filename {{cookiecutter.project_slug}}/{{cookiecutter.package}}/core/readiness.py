"""Whether what an application needs answers: what ``/readyz`` tells load balancers."""

from collections.abc import Callable
from threading import Lock, Thread
from time import monotonic

from flask import Flask

# Seconds that all are given together: they are asked at the same time.
PATIENCE = 2.0

Ask = Callable[[], object]


def add_need(app: Flask, name: str, ask: Ask, *, essential: bool = True) -> None:
    """Have an application be ready only while something that it needs answers.

    :param name: what it is called in the answer of ``/readyz``, which anybody may read.
    :param ask: asks for an answer; none is there if it raises, or returns False. It runs
        in the application's context, in a thread of its own.
    :param essential: whether it cannot do without: else it is ready all the same, and
        says what it does without.
    """
    app.extensions.setdefault("needs", {})[name] = Need(app, ask, essential)


def ask_all(app: Flask) -> dict[str, bool]:
    """Return for each thing that an application needs whether it answers in time.

    Why it does not goes to the log only.
    """
    until = monotonic() + PATIENCE
    needs: dict[str, Need] = app.extensions.get("needs", {})
    asked = {name: need.begin() for name, need in needs.items()}
    for name, asking in asked.items():
        asking.join(max(0, until - monotonic()))
        if not asking.answered:
            app.logger.warning("No answer of the %s: %s", name, asking.reason)
    return {name: asking.answered for name, asking in asked.items()}


def is_essential(app: Flask, name: str) -> bool:
    """Tell whether an application cannot do without something that it needs."""
    need: Need = app.extensions["needs"][name]
    return need.essential


class Need:
    """Something that an application needs, and who is asking for it just now."""

    def __init__(self, app: Flask, ask: Ask, essential: bool) -> None:
        self.app = app
        self.ask = ask
        self.essential = essential
        self._lock = Lock()
        self._asking: Asking | None = None

    def begin(self) -> "Asking":
        """Ask, or join who is still waiting: a server that hangs holds one thread only."""
        with self._lock:
            if self._asking is None or not self._asking.is_alive():
                self._asking = Asking(self.app, self.ask)
                self._asking.start()
            return self._asking


class Asking(Thread):
    """Asks once; nobody has to wait for its end."""

    def __init__(self, app: Flask, ask: Ask) -> None:
        super().__init__(daemon=True)
        self.app = app
        self.ask = ask
        self.answered = False
        self.reason = "it is still waited for"

    def run(self) -> None:
        """Ask, and keep what came of it."""
        try:
            with self.app.app_context():
                answer = self.ask()
        except Exception as error:
            self.reason = f"{type(error).__name__}: {error}"
        else:
            self.answered = answer is not False
            self.reason = "it says no"
