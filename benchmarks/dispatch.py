"""How long an application takes for a request, with no server around it: stock Flask, App and other frameworks.

    python benchmarks/dispatch.py [--rounds 40]

Everything runs in one process of an environment of its own, with the versions of Flask and Werkzeug that projects get and the
newest of the others; contenders.py has the applications. Contenders alternate, and a figure is the median, over all rounds, of
stock Flask's time divided by the contender's in the same round: so what else the machine does falls out.
"""

import json
import os
import shutil
import subprocess
from argparse import ArgumentParser
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from report import Aim, aims, hardware, machine, publish, table
from workbench import CORE, environment, pinned, versions, warn_of_load

FRAMEWORKS = ("bottle", "pyramid", "falcon", "django", "starlette", "quart")
PINNED = ("flask", "werkzeug", "jinja2", "environs")
# How many times stock Flask's speed App is to have at least.
FLOORS = {
    "/": 7.0,
    "/environ": 3.4,
    "/template": 4.6,
    "realistic": 3.0,
    "/json": 1.0,
    "/records": 1.0,
    "/item/7": 1.0,
    "/none": 1.0,
}
Taken = dict[str, dict[str, list[float]]]


def main() -> None:
    """Measure, and publish the tables."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40, help="at least 15 (default: 40)")
    rounds: int = parser.parse_args().rounds
    warn_of_load()
    with TemporaryDirectory(prefix="benchmark-") as name:
        folder = Path(name)
        python = installed(folder)
        names = versions(python, ("flask", "werkzeug", *FRAMEWORKS, "orjson"))
        publish("dispatch", report(measured(folder, python, rounds), names, rounds))


def installed(folder: Path) -> Path:
    """Install the contenders, put the core beside them, and return the interpreter."""
    shutil.copytree(CORE, folder / "core")
    return environment(folder, [*pinned(*PINNED), *FRAMEWORKS, "pyramid-jinja2", "orjson"])


def measured(folder: Path, python: Path, rounds: int) -> Taken:
    """Run the contest, and return the microseconds of each round."""
    done = subprocess.run(
        [python, Path(__file__).with_name("contenders.py"), str(rounds)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # where Django writes a line for each 404
        check=True,
    )
    taken: Taken = json.loads(done.stdout)
    return taken


def times_faster(taken: Taken, case: str, name: str) -> float:
    """Return how many times faster than stock Flask a contender is."""
    pairs = zip(taken[case]["Flask"], taken[case][name], strict=True)
    return median(stock / other for stock, other in pairs)


def report(taken: Taken, versions: str, rounds: int) -> str:
    """Return the tables."""
    names = list(dict.fromkeys(name for contenders in taken.values() for name in contenders))
    fast = [
        [
            case,
            *(
                f"{times_faster(taken, case, name):.2f}" if name in taken[case] else ""
                for name in names
            ),
        ]
        for case in taken
    ]
    least = [
        [case, *(f"{min(taken[case][name]):.1f}" if name in taken[case] else "" for name in names)]
        for case in taken
    ]
    floors = [
        Aim(f"App's time / Flask's, `{case}`", 1 / floor, 1 / times_faster(taken, case, "App"))
        for case, floor in FLOORS.items()
    ]
    return "\n\n".join(
        [
            f"Times as fast as stock Flask, medians of {rounds} rounds. {machine()}; {hardware()}; {versions}.",
            table(["case", *names], fast),
            "Microseconds of the quickest round:",
            table(["case", *names], least),
            aims(floors),
        ]
    )


if __name__ == "__main__":
    main()
