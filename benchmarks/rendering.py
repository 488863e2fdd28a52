"""How the time to render grows: with the preset, and with the number of extensions.

    python benchmarks/rendering.py [--rounds 25]

Presets are timed as whole processes, as in generation.py. Then a catalogue of 1,000 synthetic extensions is written, each with
a manifest, two files, a bridge, settings and fragments, and ever more of them are rendered, each time by a new interpreter's first call,
so that nothing is in a cache but the file system's.
"""

import subprocess
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from report import Aim, aims, machine, publish, statistics, table
from workbench import MEMORY, Workbench, workbench

PRESETS = ("minimal", "web", "api", "full")
CHOSEN = (0, 25, 50, 100, 200)
EXTENSIONS = 1000
RENDER = """
import sys
from time import perf_counter
from scaffold_cli import locations
from scaffold_cli.answers import complete
from scaffold_cli.catalog import Catalog
from scaffold_cli.render import render
answers = complete({"project_name": "x", "extensions": " ".join(sys.argv[2:])})
started = perf_counter()
tree = render(answers, Catalog([locations.EXTENSIONS, sys.argv[1]]))
print(perf_counter() - started, len(tree))
"""
MANIFEST = """\
id = "{id}"
title = "Extension {id}"
group = "synthetic"
summary = "One of many."
docs = "https://example.org"
after = ["{before}"]
multi_app = true

[wire]
imports = ["from .{module} import Thing as {name}"]
objects = ["{module}_thing = {name}()"]
init = ["{module}_thing.init_app(app)"]

[settings.{setting}]
help = "A setting."
default = "a"
"""
MODULE = '"""A thing."""\n\n\nclass Thing:\n    """It does nothing."""\n' * 5


def main() -> None:
    """Measure, and publish the tables."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=25, help="at least 15 (default: 25)")
    rounds = parser.parse_args().rounds
    with workbench(MEMORY if MEMORY.is_dir() else None) as bench:
        catalogue = synthetic(bench.folder / "catalogue")
        presets: dict[str, list[float]] = {preset: [] for preset in PRESETS}
        sizes: dict[int, list[float]] = {size: [] for size in CHOSEN}
        files: dict[int, int] = {}
        for _ in range(rounds):
            for preset, seconds in presets.items():
                seconds.append(timed_new(bench, preset))
            for size, seconds in sizes.items():
                taken, files[size] = timed_render(bench, catalogue, size)
                seconds.append(taken)
        publish("rendering", report(presets, sizes, files, rounds))


def synthetic(folder: Path) -> Path:
    """Write the catalogue of synthetic extensions."""
    for number in range(EXTENSIONS):
        own, before = f"syn-{number:04}", f"syn-{max(number - 7, 0):04}"
        module = own.replace("-", "_")
        texts = {
            "extension.toml": MANIFEST.format(
                id=own,
                before=before if number else "sqlalchemy",
                module=module,
                name=module.title().replace("_", ""),
                setting=module.upper(),
            ),
            f"files/{{{{cookiecutter.package}}}}/{module}.py": MODULE,
            f"files/{{{{cookiecutter.package}}}}/tests/test_{module}.py": MODULE,
            "slots/readme.md": f"## {own}\n\nA paragraph.\n",
            "slots/command-imports.py": f"from .{module} import Thing as Thing{number}\n",
            f"with/{before}/slots/test-settings.py": f'"{module.upper()}": "b",\n',
        }
        for path, text in texts.items():
            file = folder / own / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
    return folder


def timed_new(bench: Workbench, preset: str) -> float:
    """Return the seconds of a whole ``scaffold new``."""
    command = [bench.command("scaffold"), "new", "x", "--preset", preset, "-y"]
    folder = bench.fresh_folder()
    started = perf_counter()
    subprocess.run(
        [*command, "--no-install", "--no-git"],
        cwd=folder,
        env=bench.environ,
        stdout=subprocess.DEVNULL,
        check=True,
    )
    return perf_counter() - started


def timed_render(bench: Workbench, catalogue: Path, size: int) -> tuple[float, int]:
    """Return the seconds that a new interpreter's first `render` takes, and the number of files."""
    step = EXTENSIONS // size if size else 1
    chosen = [f"syn-{number * step:04}" for number in range(size)]
    python = str(bench.scaffold / "bin" / "python")
    done = subprocess.run(
        [python, "-c", RENDER, str(catalogue), *chosen],
        env=bench.environ,
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, files = done.stdout.split()
    return float(seconds), int(files)


def report(
    presets: dict[str, list[float]],
    sizes: dict[int, list[float]],
    files: dict[int, int],
    rounds: int,
) -> str:
    """Return the section of README.md."""
    middle = {size: median(seconds) for size, seconds in sizes.items()}
    each = {size: (middle[size] - middle[0]) / size for size in CHOSEN if size}
    return "\n\n".join(
        [
            f"Milliseconds, {rounds} rounds. {machine()}.",
            table(
                [
                    "`scaffold new x -y --no-install --no-git`",
                    "median",
                    "least",
                    "interquartile range",
                ],
                [[f"`--preset {name}`", *_cells(seconds)] for name, seconds in presets.items()],
            ),
            table(
                [
                    *("`render`, synthetic extensions chosen of 1,000", "median", "least"),
                    *("interquartile range", "files", "each extension"),
                ],
                [
                    [
                        *(str(size), *_cells(seconds), str(files[size])),
                        f"{each[size] * 1000:.2f}" if size else "",
                    ]
                    for size, seconds in sizes.items()
                ],
            ),
            aims(
                [
                    Aim(
                        "`new --preset full` / `new --preset minimal`",
                        3,
                        median(presets["full"]) / median(presets["minimal"]),
                    ),
                    Aim("an extension's time, of 200 / of 50", 1.25, each[200] / each[50]),
                ]
            ),
        ]
    )


def _cells(seconds: Sequence[float]) -> list[str]:
    return statistics(seconds, scale=1000)


if __name__ == "__main__":
    main()
