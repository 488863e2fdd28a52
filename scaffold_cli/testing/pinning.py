"""Pin what a catalogue's extensions require: ours with ``make pins``, those of others by hand.

    python -m scaffold_cli.testing.pinning              our own: pin what is new, keep the rest
    python -m scaffold_cli.testing.pinning DIR          another's: within the versions of ours
    ... --upgrade                                       the newest versions of everything
    ... --upgrade-package X                             the newest version of X
    ... --check                                         is everything pinned? (no network)

It reads every requirement of the manifests and writes beside them

pins.txt     One universal resolution (every platform, Python 3.11 and newer) with the
             hashes of all files, and under each package the requirements that bring it.
modules.txt  The names that those packages can be imported by, each with the packages that
             install it; those of ours are barred to projects.

Run-time packages are resolved first, alone; development tools come second and have to
live with what was chosen. So no tool can hold back what a project runs on, and
``requirements-dev.txt`` never contradicts ``requirements.txt``, which it includes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from itertools import product
from pathlib import Path, PurePosixPath
from typing import Any

from ..locations import PACKAGE
from ..pins import Pins, normalize

OWN = Path(PACKAGE)
OLDEST_PYTHON = "3.11"
PYTHONS = (OLDEST_PYTHON, "3.14")
PLATFORMS = ("linux", "windows", "macos")
# Exceptions to "no project needs a compiler", each with its reason.
PURE_SOURCE = frozenset(["flask-principal"])  # no wheel, but nothing to compile either
NOT_ON = {
    "macos": frozenset(["gevent"]),  # its wheels name a newer macOS than uv takes for granted
}
# What may reach uv from the maintainer's environment: nothing that adds a source of
# packages or changes what is chosen.
UV_SETTINGS = frozenset(["UV_CACHE_DIR", "UV_OFFLINE", "UV_HTTP_TIMEOUT"])
PINS_HEADER = """\
# The tested set: what a generated project may install, resolved and tested together.
# Made by `make pins` from the manifests; under each package stands what brings it.
"""
MODULES_HEADER = """\
# The modules that the tested set installs, and which packages do. Made by `make pins`.
"""


@dataclass(frozen=True)
class Wanted:
    """What the manifests ask for, normalised.

    Attributes:
        runtime: What generated applications run on.
        development: What they are developed and tested with.
    """

    runtime: frozenset[str]
    development: frozenset[str]

    @property
    def all(self) -> list[str]:
        """Both, sorted."""
        return sorted(self.runtime | self.development)


@dataclass(frozen=True)
class Entry:
    """One line of a resolution.

    Attributes:
        pin: ``name==version``.
        marker: When it is installed; empty for always.
        hashes: ``--hash=...`` options.
    """

    pin: str
    marker: str = ""
    hashes: tuple[str, ...] = ()


def wanted(catalogue: Path) -> Wanted:
    """Read what all manifests below a folder require (bridges and options included).

    Args:
        catalogue: The folder of ``base.toml`` and of the extensions, ``scaffold_cli``.
    """
    texts = [path.read_text("utf-8") for path in manifest_paths(catalogue)]
    manifests = [tomllib.loads(text) for text in texts]
    return Wanted(
        runtime=named(manifests, "requirements"),
        development=named(manifests, "dev_requirements"),
    )


def named(manifests: Iterable[dict[str, Any]], key: str) -> frozenset[str]:
    """Return the requirements that manifests list under a key, normalised."""
    return frozenset(normalize(name) for table in manifests for name in lists(table, key))


def manifest_paths(catalogue: Path) -> list[Path]:
    """Return every manifest: TOML that is not a file or a fragment of the project."""
    return [
        path
        for path in sorted(catalogue.rglob("*.toml"))
        if not {"files", "slots"} & set(path.relative_to(catalogue).parts)
    ]


def lists(table: dict[str, Any], key: str) -> Iterator[str]:
    """Yield the strings of every list called ``key`` in a table or the tables in it."""
    for name, value in table.items():
        if isinstance(value, dict):
            yield from lists(value, key)
        elif name == key:
            yield from value


def uv(*arguments: str, stdin: str = "") -> str:
    """Run uv against its default index alone, and return what it prints.

    Raises:
        SystemExit: uv failed; its own words are the message.
    """
    from uv import find_uv_bin

    done = subprocess.run(
        [find_uv_bin(), "--no-config", *arguments],
        input=stdin,
        env=environment(),
        text=True,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def environment() -> dict[str, str]:
    """Return this process's environment without what would change uv's choices."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("UV_") or name in UV_SETTINGS
    }


def resolve(requirements: Iterable[str], *options: str) -> list[Entry]:
    """Resolve requirements for every platform and every Python since the oldest.

    Args:
        requirements: Names, with extras or without.
        options: More options of ``uv pip compile``.
    """
    text = uv(
        *("pip", "compile", "-", "--universal", "--python-version", OLDEST_PYTHON),
        *("--no-header", "--no-annotate"),
        *("--no-emit-index-url", "--no-emit-find-links"),
        *options,
        stdin="\n".join(requirements),
    )
    return list(entries(text))


def entries(text: str) -> Iterator[Entry]:
    """Read the requirements file that uv writes."""
    for line in text.replace(" \\\n    --hash=", " --hash=").splitlines():
        head, *hashes = line.split(" --hash=")
        pin, _, marker = head.partition(" ; ")
        yield Entry(pin, marker, tuple(f"--hash={value}" for value in hashes))


def resolve_all(asked: Wanted, kept: str, upgrade: Sequence[str], within: str = "") -> list[Entry]:
    """Resolve the whole set: first what applications run on, then the tools around it.

    Args:
        asked: What the manifests ask for.
        kept: Text of the pins whose versions are kept where they still fit.
        upgrade: uv's options that name what is not kept.
        within: Text of pins whose versions are kept in any case.
    """
    with tempfile.TemporaryDirectory() as folder:
        runtime = Path(folder, "runtime.txt")
        everything = Path(folder, "everything.txt")
        runtime.write_text(kept)
        everything.write_text(kept)
        bounds = Path(folder, "bounds.txt")
        bounds.write_text(within)
        resolve(
            asked.runtime,
            *("--output-file", str(runtime), "--constraint", str(bounds), *upgrade),
        )
        return resolve(
            asked.all,
            *("--generate-hashes", "--output-file", str(everything)),
            *("--constraint", str(runtime), "--constraint", str(bounds), *upgrade),
        )


def facts(found: Sequence[Entry], requirements: Iterable[str]) -> dict[str, list[str]]:
    """Say for each pin which requirement brings it, and when.

    Each requirement is resolved alone, by uv, within the versions that were chosen.

    Args:
        found: The whole set.
        requirements: The requirements, normalised.

    Returns:
        ``name==version`` to facts such as ``pytest if sys_platform == 'win32'``.
    """
    said: dict[str, list[str]] = {entry.pin: [] for entry in found}
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor() as pool:
        constraint = Path(folder, "set.txt")
        constraint.write_text("".join(f"{line(entry)}\n" for entry in found))

        def closure(root: str) -> tuple[str, list[Entry]]:
            return root, resolve([root], "--constraint", str(constraint))

        for root, brought in pool.map(closure, requirements):
            for entry in brought:
                said[entry.pin] += [
                    f"{root} if {condition}" if condition else root
                    for condition in alternatives(entry.marker)
                ]
    return said


def line(entry: Entry) -> str:
    """Return an entry as one line of a requirements file, without its hashes."""
    return f"{entry.pin} ; {entry.marker}" if entry.marker else entry.pin


def alternatives(marker: str) -> list[str]:
    """Split a marker at its outermost ``or``, so that equal conditions can be told.

    ``(a and b) or c`` gives ``a and b`` and ``c``; an empty marker gives an empty one.
    """
    parts, depth = [""], 0
    for word in marker.split(" "):
        if word == "or" and depth == 0:
            parts.append("")
            continue
        depth += word.count("(") - word.count(")")
        parts[-1] = f"{parts[-1]} {word}".strip()
    return sorted(bare(part) for part in parts)


def bare(condition: str) -> str:
    """Return a condition without the parentheses around all of it."""
    inner = condition[1:-1]
    if condition.startswith("(") and ")" not in inner:
        return inner
    return condition


def written(found: Iterable[Entry], said: dict[str, list[str]]) -> str:
    """Return the text of ``pins.txt``.

    Args:
        found: The whole set, with hashes.
        said: The facts of each pin.
    """
    blocks = [PINS_HEADER]
    for entry in found:
        options = " \\\n    ".join([line(entry), *entry.hashes])
        comments = "".join(f"    # for {fact}\n" for fact in sorted(said[entry.pin]))
        blocks.append(f"{options}\n{comments}")
    return "\n".join(blocks)


def modules(pins: Path) -> dict[str, set[str]]:
    """Install the set for every platform into throw-away folders; return its modules.

    Only built packages are taken, so this also proves that no project needs a compiler
    (but for the exceptions at the top).

    Args:
        pins: The set's file.
    """
    found: dict[str, set[str]] = {}
    texts = pins.read_text("utf-8").split("\n\n")
    blocks = [(b.partition("==")[0], b) for b in texts if not b.startswith("#")]
    for platform, python in product(PLATFORMS, PYTHONS):
        left_out = NOT_ON.get(platform, frozenset())
        kept = [(name, block) for name, block in blocks if name not in left_out]
        with tempfile.TemporaryDirectory() as folder:
            here = Path(folder, "pins.txt")
            here.write_text("\n\n".join(block for _, block in kept), "utf-8")
            uv(
                *("pip", "install", "--target", folder, "--python", sys.executable, "--no-deps"),
                *("--python-platform", platform, "--python-version", python),
                *(
                    f"--only-binary={name}"
                    for name in sorted({name for name, _ in kept} - PURE_SOURCE)
                ),
                *("--require-hashes", "-r", str(here)),
            )
            for distribution in distributions(path=[folder]):
                for module in top_level(distribution):
                    found.setdefault(module, set()).add(normalize(distribution.name))
    return found


def top_level(distribution: Distribution) -> set[str]:
    """Return the names that an installed package can be imported by."""
    code = [
        PurePosixPath(file.as_posix()).parts[0].partition(".")[0]
        for file in distribution.files or []
        if file.suffix in (".py", ".so", ".pyd")
    ]
    # mypyc names a library by a hash of its build: not a name that a person takes.
    return {name for name in code if name.isidentifier() and "__mypyc" not in name}


def check(asked: Wanted, text: str) -> None:
    """Stop with the requirements that a set does not cover.

    Args:
        asked: What the manifests ask for.
        text: The text of ``pins.txt``.

    Raises:
        SystemExit: Something is not pinned.
    """
    pins = Pins(text)
    missing = pins.unknown(asked.all)
    if missing:
        raise SystemExit(f"Not in the tested set: {', '.join(missing)}. Run make pins.")
    idle = sorted(pins.requirements - set(asked.all))
    if idle:
        print(f"Pinned, but asked for by no manifest: {', '.join(idle)}.")


def make(catalogue: Path, upgrade: Sequence[str]) -> None:
    """Write ``pins.txt`` and ``modules.txt`` of a catalogue.

    Args:
        catalogue: The folder of the manifests, to which both are written.
        upgrade: uv's options that name what is not kept.
    """
    asked, pins = wanted(catalogue), catalogue / "pins.txt"
    kept = pins.read_text("utf-8") if pins.exists() else ""
    within = "" if catalogue == OWN else (OWN / "pins.txt").read_text("utf-8")
    found = resolve_all(asked, kept, upgrade, within)
    pins.write_text(written(found, facts(found, asked.all)), "utf-8", newline="\n")
    print(f"{len(found)} packages for {len(asked.all)} requirements.")
    write_modules(catalogue)


def write_modules(catalogue: Path) -> None:
    """Write ``modules.txt`` of a catalogue whose ``pins.txt`` is written."""
    pins = catalogue / "pins.txt"
    lines = (f"{name} {' '.join(sorted(by))}\n" for name, by in sorted(modules(pins).items()))
    text = MODULES_HEADER + "".join(lines)
    (catalogue / "modules.txt").write_text(text, "utf-8", newline="\n")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line.

    Args:
        arguments: Its words; by default those of the process.
    """
    given = parser().parse_args(arguments)
    if given.check:
        text = (given.catalogue / "pins.txt").read_text("utf-8")
        check(wanted(given.catalogue), text)
        return
    upgrade = [f"--upgrade-package={name}" for name in given.upgrade_package]
    make(given.catalogue, [*upgrade, "--upgrade"] if given.upgrade else upgrade)


def parser() -> argparse.ArgumentParser:
    """Describe the command line."""
    words = argparse.ArgumentParser(description="Pin what the extensions of a catalogue require.")
    add = words.add_argument
    add("catalogue", nargs="?", type=Path, default=OWN, metavar="DIR")
    add("--check", action="store_true", help="only see that all is pinned")
    add("--upgrade", action="store_true", help="take the newest of everything")
    add("--upgrade-package", action="append", default=[], metavar="NAME")
    return words


if __name__ == "__main__":
    main()
