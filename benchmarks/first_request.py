"""The road from nothing to the first answered request, with a warm package cache.

    python benchmarks/first_request.py [--rounds 5]

Two roads in turn: ``scaffold new shop -y --install --run`` from the installed wheel, and Django's ``startproject`` with
``python -m venv`` and pip. Each ends when ``/`` answers 200; one unmeasured run of each fills the caches.
"""

import re
import subprocess
import time
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import IO

from report import Aim, aims, machine, publish, statistics, table
from servers import free_port, running, until_answered
from workbench import Workbench, workbench

COOKIECUTTER_FLASK = 46.0  # seconds, measured elsewhere: 20 of pip, 25 of npm
SERVER = "server, to the first 200"

_STATUS = re.compile(r" *(create|install|prepare|commit)  (\S+(?: \S+)*)")
_ADDRESS = re.compile(r"Running on http://127\.0\.0\.1:(\d+)/")

# Seconds of each step, in order. All clocks are time.time(), as the file system's is.
Steps = dict[str, float]


def main() -> None:
    """Measure, and publish the tables."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="at least 5 (default: 5)")
    rounds: int = parser.parse_args().rounds
    roads = {"scaffold": scaffold_road, "Django": django_road}
    samples: dict[str, list[Steps]] = {name: [] for name in roads}
    with workbench() as bench:
        for number in range(rounds + 1):
            for name, road in roads.items():
                steps = road(bench, bench.fresh_folder())
                if number:  # the first fills the caches
                    samples[name].append(steps)
        publish("first request", _report(samples, bench.version("django")))


def scaffold_road(bench: Workbench, folder: Path) -> Steps:
    """Go from nothing to an answer with scaffold."""
    command = [bench.command("scaffold"), "new", "shop", "-y", "--install", "--run"]
    started = time.time()
    with running(command, folder, bench.environ, subprocess.PIPE) as process:
        assert process.stdout
        steps, port, last = _follow(process.stdout, started)
        until_answered(process, port)
        steps[SERVER] = time.time() - last
    return _split_install(steps, started, folder / "shop" / ".venv" / "pyvenv.cfg")


def django_road(bench: Workbench, folder: Path) -> Steps:
    """Go from nothing to an answer with Django, as its tutorial does."""
    python = str(folder / ".venv" / "bin" / "python")
    admin = str(folder / ".venv" / "bin" / "django-admin")
    steps: Steps = {}
    for name, command in {
        "python -m venv": [str(bench.scaffold / "bin" / "python"), "-m", "venv", ".venv"],
        "pip install django": [python, "-m", "pip", "install", "--quiet", "django"],
        "django-admin startproject": [admin, "startproject", "shop", "."],
        "manage.py migrate": [python, "manage.py", "migrate"],
    }.items():
        started = time.time()
        subprocess.run(
            command, cwd=folder, env=bench.environ, stdout=subprocess.DEVNULL, check=True
        )
        steps[name] = time.time() - started
    port = free_port()
    started = time.time()
    command = [python, "manage.py", "runserver", str(port)]
    with running(command, folder, bench.environ, subprocess.DEVNULL) as process:
        until_answered(process, port)
        steps[SERVER] = time.time() - started
    return steps


def _follow(output: IO[str], started: float) -> tuple[Steps, int, float]:
    """Take the time of each status line, until the one that names the server's address.

    Returns:
        The steps so far, the port, and the time of the last line.
    """
    steps: Steps = {}
    told = []
    last = started
    for line in output:
        told.append(line)
        now = time.time()
        if status := _STATUS.match(line):
            word, what = status.groups()
            steps[f"{word} {Path(what).name}"] = now - last
            last = now
        elif address := _ADDRESS.match(line):
            return steps, int(address[1]), last
    raise SystemExit("scaffold did not come to the server:\n" + "".join(told))


def _split_install(steps: Steps, started: float, made: Path) -> Steps:
    """Split the installation where uv wrote ``pyvenv.cfg``, the end of making an environment."""
    split: Steps = {}
    at = started
    for name, seconds in steps.items():
        if name == "install .venv":
            split["make .venv"] = made.stat().st_mtime - at
            split["install packages"] = at + seconds - made.stat().st_mtime
        else:
            split[name] = seconds
        at += seconds
    return split


def _report(samples: Mapping[str, Sequence[Steps]], django: str) -> str:
    totals = {name: [sum(steps.values()) for steps in runs] for name, runs in samples.items()}
    rounds = len(totals["scaffold"])
    return "\n\n".join(
        [
            f"Seconds, {rounds} rounds. {machine()}; Django {django}.",
            _roads(totals),
            aims(_aims(totals)),
            "Where the time goes, medians in seconds:",
            *(_breakdown(name, runs) for name, runs in samples.items()),
        ]
    )


def _roads(totals: Mapping[str, Sequence[float]]) -> str:
    names = {
        "scaffold": "`scaffold new shop -y --install --run`",
        "Django": "`python -m venv`, `pip install django`, `startproject`, `migrate`, `runserver`",
    }
    rows = [[names[name], *statistics(seconds, digits=2)] for name, seconds in totals.items()]
    rows.append(["cookiecutter-flask (pip, npm), measured elsewhere", f"{COOKIECUTTER_FLASK}"])
    rows[-1] += ["", ""]
    return table(["road", "median", "least", "interquartile range"], rows)


def _aims(totals: Mapping[str, Sequence[float]]) -> list[Aim]:
    ours, django = (median(totals[name]) for name in ("scaffold", "Django"))
    return [
        Aim("a tenth of cookiecutter-flask's road", COOKIECUTTER_FLASK / 10, ours, " s"),
        Aim("half of Django's road", django / 2, ours, " s"),
    ]


def _breakdown(name: str, runs: Sequence[Steps]) -> str:
    rows = [[step, f"{median(steps[step] for steps in runs):.2f}"] for step in runs[0]]
    return table([name, "median"], rows)


if __name__ == "__main__":
    main()
