"""Views of the application itself, outside any blueprint."""

from flask import current_app
from flask.typing import ResponseReturnValue

from .core.readiness import ask_all, is_essential

# What load balancers ask for, by http, without a password, and by whatever host.
PROBES = ("healthz", "readyz")


def healthz() -> dict[str, str]:
    """Tell load balancers that the application answers."""
    return {"status": "ok"}


def readyz() -> ResponseReturnValue:
    """Tell load balancers whether all that the application needs answers, too."""
    away = [name for name, answers in ask_all(current_app).items() if not answers]
    failed = [name for name in away if is_essential(current_app, name)]
    without = [name for name in away if name not in failed]
    answer: dict[str, object] = {"status": "not ready" if failed else "ready"}
    if failed:
        answer["failed"] = failed
    if without:
        answer["without"] = without
    return answer, 503 if failed else 200
