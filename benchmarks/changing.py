"""How long it takes to change a project: ``scaffold add`` beside ``scaffold new``, and what 2,000 files of the owner's cost.

    python benchmarks/changing.py [--rounds 25]

Whole processes, round by round, as in generation.py; every command has a fresh copy of its project, made before the clock starts.
"""

import json
import shutil
import subprocess
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

from report import Aim, aims, machine, publish, statistics, table
from workbench import MEMORY, Workbench, workbench

EXTENSION = "oauth"
OWN = 2000  # files of the owner's
NEW = f"`scaffold new x --preset full --with {EXTENSION} -y --no-install --no-git`"
ADD = f"`scaffold add {EXTENSION} -y`, in `full`"
EDITED = "the same, each Python file that it changes edited before"
ADD_AMONG = f"the same, among {OWN:,} files of the owner's"
STATUS, STATUS_AMONG = "`scaffold status`", "the same among those files"
UPDATE, UPDATE_AMONG = "`scaffold update -y`, an empty plan", "the same among these files"


class Case(NamedTuple):
    """A command to time.

    Attributes:
        name: What the table calls it.
        words: The command's words, without the program.
        project: What it runs in a copy of; None for an empty folder.
    """

    name: str
    words: Sequence[str]
    project: Path | None


def main() -> None:
    """Measure, and publish the table."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=25, help="at least 15 (default: 25)")
    rounds = parser.parse_args().rounds
    with workbench(MEMORY if MEMORY.is_dir() else None) as bench:
        cases = prepared(bench)
        samples: dict[str, list[float]] = {case.name: [] for case in cases}
        for number in range(rounds + 1):
            for case in cases[number % len(cases) :] + cases[: number % len(cases)]:
                seconds = timed(case, bench)
                if number:  # the first round warms up
                    samples[case.name].append(seconds)
        publish("changing", report(samples, rounds))


def prepared(bench: Workbench) -> list[Case]:
    """Make the projects, and return what is to be done in them."""
    new = ["new", "x", "--preset", "full", "-y", "--no-install", "--no-git"]
    add = ["add", EXTENSION, "-y"]
    full, edited, among = (bench.folder / name for name in ("full", "edited", "among"))
    run(bench, *new, cwd=bench.folder)
    shutil.move(bench.folder / "x", full)
    shutil.copytree(full, edited)
    edit(edited, json.loads(run(bench, *add, "--dry-run", "--json", cwd=full)))
    shutil.copytree(full, among)
    write_own(among)
    return [
        Case(NEW, [*new, "--with", EXTENSION], None),
        Case(ADD, add, full),
        Case(EDITED, add, edited),
        Case(ADD_AMONG, add, among),
        Case(STATUS, ["status"], full),
        Case(STATUS_AMONG, ["status"], among),
        Case(UPDATE, ["update", "-y"], full),
        Case(UPDATE_AMONG, ["update", "-y"], among),
    ]


def run(bench: Workbench, *words: str, cwd: Path) -> str:
    """Run ``scaffold``, and return what it prints."""
    command = [bench.command("scaffold"), *words]
    done = subprocess.run(
        command, cwd=cwd, env=bench.environ, stdout=subprocess.PIPE, check=True, text=True
    )
    return done.stdout


def edit(project: Path, plan: dict[str, list[dict[str, str]]]) -> None:
    """Put a line of the owner's into each Python file that a plan changes."""
    for step in plan["steps"]:
        path = project / step["path"]
        if step["status"] == "update" and path.suffix == ".py":
            path.write_text(path.read_text("utf-8") + "\nMINE = True\n", "utf-8")


def write_own(project: Path) -> None:
    """Write files of the owner's, in folders of fifty."""
    text = "".join(f"LINE_{number} = {number}\n" for number in range(100))
    for number in range(OWN):
        path = project / "x" / f"own_{number // 50:02}" / f"module_{number % 50:02}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)


def timed(case: Case, bench: Workbench) -> float:
    """Return how many seconds a command takes."""
    folder = bench.fresh_folder()
    if case.project:
        shutil.copytree(case.project, folder, dirs_exist_ok=True)
    started = perf_counter()
    run(bench, *case.words, cwd=folder)
    return perf_counter() - started


def report(samples: dict[str, list[float]], rounds: int) -> str:
    """Return the section of README.md."""
    least = {name: min(seconds) for name, seconds in samples.items()}
    rows = [[name, *statistics(seconds, scale=1000)] for name, seconds in samples.items()]
    pairs = [(ADD_AMONG, ADD), (STATUS_AMONG, STATUS), (UPDATE_AMONG, UPDATE)]
    figures = [
        Aim("`scaffold add` / `scaffold new` of the same project", 3, least[ADD] / least[NEW]),
        Aim("the same, Python files edited", 3, least[EDITED] / least[NEW]),
        Aim(f"the same, among {OWN:,} files", 3, least[ADD_AMONG] / least[NEW]),
        *(
            Aim(f"`{words}` among {OWN:,} files / without them", 1.25, least[among] / least[alone])
            for words, (among, alone) in zip(("add", "status", "update"), pairs, strict=True)
        ),
    ]
    return "\n\n".join(
        [
            f"Milliseconds, {rounds} rounds. {machine()}.",
            table(["command", "median", "least", "interquartile range"], rows),
            aims(figures),
        ]
    )


if __name__ == "__main__":
    main()
