"""What the application needs, and whether it works."""

from collections.abc import Callable

from flask import current_app
# slot: status-imports

# A check fails when it raises.
CHECKS: dict[str, Callable[[], object]] = {
    "Application": lambda: current_app.name,
    # slot: status-checks
}


def run_checks() -> dict[str, bool]:
    """Return for each check whether it works; why one fails goes to the log only."""
    return {name: works(name) for name in CHECKS}


def works(name: str) -> bool:
    """Run one check."""
    try:
        CHECKS[name]()
    except Exception:
        current_app.logger.exception("%s does not work", name)
        return False
    return True
