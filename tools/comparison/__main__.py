"""Tell ten stories with scaffold, copier and cruft, and write what came of them.

    python tools/comparison                 print the page
    python tools/comparison --write         write it: docs/comparison.md
    python tools/comparison --only 2 5      these stories alone, printed
    python tools/comparison --without-others   with scaffold alone, printed: needs no network

copier and cruft come from PyPI, each into an environment of its own.
"""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

from page import page
from scenes import PLAYERS, ROOT, TOOLS, Bench, Said
from stories import STORIES, Story, Told

PAGE = ROOT / "docs" / "comparison.md"


def told(bench: Bench, stories: Iterable[Story]) -> dict[str, dict[str, tuple[Told, list[Said]]]]:
    """Tell stories with each tool that there is, and return what came of them."""
    found: dict[str, dict[str, tuple[Told, list[Said]]]] = {}
    for number, story in enumerate(stories):
        found[story.title] = {}
        for player in PLAYERS:
            if player.tool in ("scaffold", *bench.programs):
                scene = player(bench, bench.folder / f"{number}-{player.tool}")
                found[story.title][player.tool] = (story.tell(scene), scene.said)
    return found


def main() -> None:
    """Run the command line."""
    parser = ArgumentParser(description="Tell the same stories with scaffold, copier and cruft.")
    parser.add_argument("--write", action="store_true", help=f"write {PAGE.relative_to(ROOT)}")
    parser.add_argument("--only", nargs="+", type=int, metavar="N", default=[], help="these alone")
    parser.add_argument(
        "--without-others", action="store_true", help="tell them with scaffold alone"
    )
    given = parser.parse_args()
    others = () if given.without_others else TOOLS
    stories = [s for number, s in enumerate(STORIES, 1) if number in (given.only or [number])]
    with TemporaryDirectory(prefix="comparison-") as folder:
        text = page(stories, told(Bench.of(Path(folder).resolve(), others), stories))
    if given.write and others and not given.only:
        PAGE.write_text(text, "utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
