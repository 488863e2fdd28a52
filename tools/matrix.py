"""Make projects of chosen selections for real: install, test, lint, type, serve, stop.

    python tools/matrix.py "caching redis" "mail celery deploy=none"
    python tools/matrix.py                      the covering array of all pairs
    python tools/matrix.py --shard 2/5          every fifth of its rows, from the second
    python tools/matrix.py --all                also those that were green before
    python tools/matrix.py --minutes 20         as many as fit: those that the last commit touches,
                                                then others, beginning elsewhere for each commit
    python tools/matrix.py --write              work the rows out anew, after a change of the catalogue

A row that was green is not run again as long as its rendered digest is the same; `.matrix/`
remembers. A row that fails keeps its folder, and says where.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(HERE))

from scaffold_cli.catalog import Catalog  # noqa: E402
from scaffold_cli.testing.rows import RowError, digest, try_out  # noqa: E402
from scaffold_cli.testing.selections import Selection, covering  # noqa: E402

GREEN = HERE / ".matrix"
ROWS = HERE / "tests/combinations"
FOLDERS = ("scaffold_cli/extensions", "scaffold_cli/roles")
STRENGTHS = {"pairs": 2, "triples": 3}


def write() -> None:
    """Write the covering arrays; the second takes minutes."""
    ROWS.mkdir(exist_ok=True)
    for name, strength in STRENGTHS.items():
        rows = covering(Catalog(), strength)
        text = "".join(f"{row}\n" for row in rows)
        (ROWS / f"{name}.txt").write_text(text, "utf-8", newline="\n")
        print(f"{len(rows)} rows hold all {name}.")


def pairs() -> list[Selection]:
    """Return the rows in which all pairs occur."""
    return [Selection.of(line) for line in (ROWS / "pairs.txt").read_text("utf-8").splitlines()]


def check(selection: Selection, *, again: bool, until: float) -> str:
    """Try a selection unless it was green as it is, or there is no time left.

    Returns:
        ``green``, ``same`` (it was green before), ``later``, or why it failed.
    """
    mark = GREEN / digest(selection)
    if mark.exists() and not again:
        return "same"
    if time.monotonic() > until:
        return "later"
    try:
        try_out(selection)
    except RowError as error:
        return str(error)
    GREEN.mkdir(exist_ok=True)
    mark.write_text(f"{selection}\n", "utf-8")
    return "green"


def run(rows: Sequence[Selection], *, again: bool, workers: int, minutes: float) -> int:
    """Try selections, print how each ended, and return how many failed."""
    failed = 0
    until = time.monotonic() + minutes * 60

    def outcome_of(row: Selection) -> str:
        return check(row, again=again, until=until)

    # uv is looked for by it; two threads that ask first at the same time find it half made.
    sysconfig.get_config_vars()
    with ThreadPoolExecutor(workers) as pool:
        for row, outcome in zip(rows, pool.map(outcome_of, rows), strict=True):
            known = outcome in ("green", "same", "later")
            print(f"{outcome if known else 'FAILED':>7}  {row}", flush=True)
            if not known:
                failed += 1
                print(outcome, flush=True)
    return failed


def touched(rows: Sequence[Selection]) -> Iterator[Selection]:
    """Yield the rows with an extension that the last commit changed, or whose role it changed."""
    done = subprocess.run(
        ["git", "diff", "--name-only", "HEAD~1", "--", *FOLDERS],
        cwd=HERE,
        capture_output=True,
        text=True,
        check=False,  # a checkout without history has touched nothing that we know of
    )
    changed = {Path(path).parts[2] for path in done.stdout.splitlines()}
    ids = {extension.id for extension in Catalog() if {extension.id, extension.provides} & changed}
    return (row for row in rows if ids & {*row.extensions})


def turned(rows: Sequence[Selection]) -> list[Selection]:
    """Return the rows, beginning with another one for each commit."""
    head = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=HERE, capture_output=True, text=True, check=False
    )
    start = int(head.stdout.strip() or "0", 16) % max(len(rows), 1)
    return [*rows[start:], *rows[:start]]


def main() -> None:
    """Run the command line."""
    parser = argparse.ArgumentParser(description="Make projects of chosen selections for real.")
    parser.add_argument("selections", nargs="*", metavar="SELECTION")
    parser.add_argument("--all", action="store_true", help="also those that were green before")
    parser.add_argument("--workers", type=int, default=2, help="how many at once")
    parser.add_argument(
        "--shard", default="1/1", metavar="N/M", help="every M-th row, from the N-th"
    )
    parser.add_argument("--minutes", type=float, help="begin no row after so long")
    parser.add_argument("--write", action="store_true", help="work the rows out anew")
    given = parser.parse_args()
    if given.write:
        write()
        return
    number, shards = map(int, given.shard.split("/"))
    rows = [Selection.of(text) for text in given.selections] or pairs()
    rows = rows[number - 1 :: shards]
    if given.minutes is not None:
        rows = list(dict.fromkeys([*touched(rows), *turned(rows)]))
    failed = run(
        rows,
        again=given.all,
        workers=given.workers,
        minutes=float("inf") if given.minutes is None else given.minutes,
    )
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
