"""How long it takes to make a project: ``scaffold new`` beside others, as whole processes.

    python benchmarks/generation.py [--rounds 25] [--disk]

One run takes every command in turn, round by round, each round starting with another one, after one warm-up each.
Files are written to memory where there is ``/dev/shm``: ext4 passes over every inode that was deleted in the last
minutes, which makes the disk's figures tell what else the machine did.
"""

import shutil
import subprocess
from argparse import ArgumentParser
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

import copier_template
from report import Aim, aims, machine, publish, statistics, table
from workbench import MEMORY, Workbench, workbench

NEW = "`scaffold new x -y --no-install --no-git`"
HELP = "`scaffold --help`"
COOKIECUTTER = "`cookiecutter`, the same template"
COPIER = "`copier copy`, a template of the same size"
DJANGO = "`django-admin startproject x`"
COPY = "`cp -r` of the result"
CLICK = "`python -c 'import click'`"
PASS = "`python -c pass`"


class Case(NamedTuple):
    """A command to time; it runs in an empty folder, and may write there."""

    name: str
    command: Sequence[str]


def main() -> None:
    """Measure, and publish the table."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=25, help="at least 15 (default: 25)")
    parser.add_argument("--disk", action="store_true", help="write to disk, not to memory")
    options = parser.parse_args()
    place = None if options.disk or not MEMORY.is_dir() else MEMORY
    with workbench(place) as bench:
        cases = _cases(bench)
        files = {case.name: _warm_up(case, bench) for case in cases}
        samples = measure(cases, options.rounds, bench)
        section = "generation" if place else "generation on disk"
        publish(section, _report(samples, files, bench))


def measure(cases: Sequence[Case], rounds: int, bench: Workbench) -> dict[str, list[float]]:
    """Time every case in every round.

    Returns:
        Seconds of each round, by the case's name.
    """
    samples: dict[str, list[float]] = {case.name: [] for case in cases}
    for number in range(rounds):
        for case in _rotated(cases, number):
            samples[case.name].append(_timed(case, bench)[0])
    return samples


def _cases(bench: Workbench) -> list[Case]:
    result = bench.folder / "result"
    _new(bench, "x", result)
    python = str(bench.scaffold / "bin" / "python")
    copy = [bench.command("copier"), "copy", "--quiet", "--defaults", _copier_template(bench), "x"]
    new = [bench.command("scaffold"), "new", "x", "-y", "--no-install", "--no-git"]
    return [
        Case(NEW, new),
        Case(COOKIECUTTER, [bench.command("cookiecutter"), str(bench.source), "--no-input"]),
        Case(COPIER, copy),
        Case(DJANGO, [bench.command("django-admin"), "startproject", "x"]),
        Case(COPY, ["cp", "-r", str(result), "x"]),
        Case(HELP, [bench.command("scaffold"), "--help"]),
        Case(CLICK, [python, "-c", "import click"]),
        Case(PASS, [python, "-c", "pass"]),
    ]


def _new(bench: Workbench, name: str, folder: Path) -> None:
    """Make a project with scaffold, and move it to a folder."""
    made = bench.folder / "made"
    command = [bench.command("scaffold"), "new", name, "-y", "--no-install", "--no-git"]
    command += ["--output-dir", str(made)]
    subprocess.run(command, env=bench.environ, stdout=subprocess.DEVNULL, check=True)
    shutil.move(next(made.iterdir()), folder)


def _copier_template(bench: Workbench) -> str:
    """Make the copier template, and check that it makes the project that it was made from."""
    project, template, again = (bench.folder / name for name in ("zebra", "template", "again"))
    _new(bench, copier_template.NAME, project)
    copier_template.make(project, bench.source / "cookiecutter.json", template)
    command = [bench.command("copier"), "copy", "--quiet", "--defaults", str(template), str(again)]
    subprocess.run(command, env=bench.environ, check=True)
    if copier_template.contents(project) != copier_template.contents(again):
        raise SystemExit("The copier template does not make the same project.")
    return str(template)


def _warm_up(case: Case, bench: Workbench) -> int:
    """Run a case once, and return how many files it writes."""
    _, folder = _timed(case, bench)
    return sum(path.is_file() for path in folder.rglob("*"))


def _timed(case: Case, bench: Workbench) -> tuple[float, Path]:
    """Run a case, and return how many seconds it took and the folder that it ran in."""
    folder = bench.fresh_folder()
    started = perf_counter()
    subprocess.run(
        case.command, cwd=folder, env=bench.environ, stdout=subprocess.DEVNULL, check=True
    )
    return perf_counter() - started, folder


def _rotated(cases: Sequence[Case], by: int) -> Iterator[Case]:
    yield from (cases[(by + place) % len(cases)] for place in range(len(cases)))


def _report(
    samples: Mapping[str, Sequence[float]], files: Mapping[str, int], bench: Workbench
) -> str:
    rounds = len(samples[NEW])
    place = "memory" if bench.folder.is_relative_to(MEMORY) else "a folder on disk"
    versions = ", ".join(f"{n} {bench.version(n)}" for n in ("cookiecutter", "copier", "Django"))
    rows = [
        [name, *statistics(seconds, scale=1000), str(files[name] or "")]
        for name, seconds in samples.items()
    ]
    return "\n\n".join(
        [
            f"Milliseconds, {rounds} rounds, files in {place}. {machine()}; {versions}.",
            table(["command", "median", "least", "interquartile range", "files"], rows),
            aims(_aims(samples)),
        ]
    )


def _aims(samples: Mapping[str, Sequence[float]]) -> list[Aim]:
    def ratio(one: str, other: str) -> float:
        return median(samples[one]) / median(samples[other])

    return [
        Aim("`scaffold new` / cookiecutter", 1 / 5, ratio(NEW, COOKIECUTTER)),
        Aim("`scaffold new` / `import click`", 2, ratio(NEW, CLICK)),
        Aim("`scaffold --help` / `import click`", 1.5, ratio(HELP, CLICK)),
    ]


if __name__ == "__main__":
    main()
