"""Views of what runs here."""

import platform
from datetime import UTC, datetime
from importlib.metadata import distributions

from flask import render_template

STARTED = datetime.now(UTC)


def versions() -> str:
    """Show since when this process runs, and on what."""
    packages = {found.metadata["Name"]: found.version for found in distributions()}
    return render_template(
        "versions/versions.html",
        started=STARTED,
        python=platform.python_version(),
        packages=sorted(packages.items(), key=lambda item: item[0].lower()),
    )
