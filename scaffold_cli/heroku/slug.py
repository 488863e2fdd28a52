"""The slug: what ``.slugignore`` leaves of a push, and how large that is."""

from collections.abc import Iterator
from fnmatch import fnmatchcase

from ..doctor import Finding, some
from .push import APP_JSON, Push

IGNORE = ".slugignore"
LARGEST = 500 * 1024**2  # bytes: what Heroku takes, compressed and with all that is installed
LARGE = 300 * 1024**2  # from here on it warns


def check(push: Push) -> Iterator[Finding]:
    """Tell what ``.slugignore`` takes away that is needed, and whether the rest is too large."""
    patterns = [line.strip() for line in push.texts.get(IGNORE, "").splitlines()]
    patterns = [line for line in patterns if line and not line.startswith("#")]
    for line in patterns:
        if line.startswith("!"):
            message = f"Heroku knows no exceptions in {IGNORE}: {line}"
            yield Finding("warn", "slug", message, "Take the line out, and name what may go")
    gone = [path for path in push.paths if is_ignored(path, patterns)]
    # app.json is read where it was pushed to, not in the slug.
    needed = [path for path in gone if path in push.made and push.runs(path) and path != APP_JSON]
    if needed:
        message = f"{IGNORE} takes away what is needed: {some(sorted(needed))}"
        yield Finding("fail", "slug", message, f"Take the line out of {IGNORE}")
    yield from _size(push, frozenset(gone))


def _size(push: Push, gone: frozenset[str]) -> Iterator[Finding]:
    """Tell whether what was committed is too large, uncompressed and before anything is installed."""
    committed = push.repository.committed if push.repository else {}
    sizes = {path: size for path, size in committed.items() if path not in gone}
    total = sum(sizes.values())
    if total < LARGE:
        return
    largest = sorted(sizes, key=lambda path: -sizes[path])[:3]
    message = f"{total // 1024**2} MB are committed, most in {', '.join(largest)}"
    limit = f"Heroku takes {LARGEST // 1024**2} MB, compressed: name what it can do without"
    yield Finding("fail" if total > LARGEST else "warn", "slug", message, f"{limit} in {IGNORE}")


def is_ignored(path: str, patterns: list[str]) -> bool:
    """Tell whether a path, or a folder above it, is named by a pattern, as in a ``.gitignore``."""
    parts = path.split("/")
    above = ["/".join(parts[: depth + 1]) for depth in range(len(parts))]
    return any(_names(pattern, above, path) for pattern in patterns)


def _names(pattern: str, above: list[str], path: str) -> bool:
    folder, plain = pattern.endswith("/"), pattern.strip("/")
    anchored = "/" in pattern.rstrip("/")
    return any(
        fnmatchcase(one if anchored else one.rpartition("/")[2], plain)
        for one in above
        if not (folder and one == path)
    )
