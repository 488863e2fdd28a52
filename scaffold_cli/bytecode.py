"""Byte code of a fresh environment: half of an application's first start goes into compiling it.

Compiling everything takes longer than it saves on two cores, be it by uv or by compileall. Compiling the largest package
alone, on another core while the first command already runs, saves a quarter of that command (benchmarks/README.md).
"""

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from .locations import read

_PIN = re.compile(r"^([\w.-]+)==([\w.!+-]+)", re.MULTILINE)


@contextmanager
def compiled_beside(python: str, site_packages: str, requirements: str) -> Iterator[None]:
    """Compile the largest package that an application runs on, while the block runs.

    Args:
        python: The environment's interpreter.
        site_packages: The folder of its packages.
        requirements: The file of the pins that the application runs on.
    """
    package = _largest(site_packages, requirements)
    if package is None or (os.cpu_count() or 1) < 2:
        yield
        return
    compiling = subprocess.Popen(
        [python, "-m", "compileall", "-q", os.path.join(site_packages, package)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        compiling.terminate()
        compiling.wait()


def _largest(site_packages: str, requirements: str) -> str | None:
    """Return the folder of the pinned package with the longest list of files, if there is one."""
    sizes: dict[str, int] = {}
    for name, version in _PIN.findall(read(requirements)):
        folder = name.replace("-", "_")
        record = os.path.join(site_packages, f"{folder}-{version}.dist-info", "RECORD")
        if os.path.isdir(os.path.join(site_packages, folder)):
            with suppress(OSError):
                sizes[folder] = os.path.getsize(record)
    return max(sizes, key=lambda folder: sizes[folder], default=None)
