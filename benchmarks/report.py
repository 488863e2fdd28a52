"""What the benchmarks report alike: statistics, Markdown tables, their section of a page."""

import os
import platform
import re
from collections.abc import Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

README = Path(__file__).resolve().parent / "README.md"


class Aim(NamedTuple):
    """A figure and the most it may be."""

    what: str
    most: float
    measured: float
    unit: str = ""

    def row(self) -> list[str]:
        """Return the aim as a table's row."""
        held = "yes" if self.measured <= self.most else "**no**"
        return [self.what, f"{self.most:.2f}{self.unit}", f"{self.measured:.2f}{self.unit}", held]


def aims(figures: Sequence[Aim]) -> str:
    """Return a table of aims."""
    return table(["aim", "at most", "measured", "held"], [aim.row() for aim in figures])


def statistics(seconds: Sequence[float], scale: float = 1.0, digits: int = 1) -> list[str]:
    """Return the median, the least and the interquartile range as cells.

    Args:
        seconds: At least two samples.
        scale: What to multiply them by: 1000 for milliseconds.
        digits: Digits after the point.
    """
    lower, _, upper = quantiles(seconds, n=4, method="inclusive")
    figures = (median(seconds), min(seconds), upper - lower)
    return [f"{figure * scale:.{digits}f}" for figure in figures]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table: the first column to the left, the others to the right."""
    rule = [":--", *["--:"] * (len(head) - 1)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (head, rule, *rows))


def machine() -> str:
    """Describe the machine, as far as it matters for the figures."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}, {python}"


def hardware() -> str:
    """Describe the processor, the memory and the kernel, where Linux tells them."""
    processor = re.search(r"^model name\s*: (.+)$", _told("/proc/cpuinfo"), re.M)
    memory = re.search(r"^MemTotal: +(\d+) kB$", _told("/proc/meminfo"), re.M)
    facts = [
        processor[1] if processor else platform.processor(),
        f"{int(memory[1]) / 2**20:.0f} GiB" if memory else "",
        f"kernel {platform.release()}",
    ]
    return ", ".join(fact for fact in facts if fact)


def _told(path: str) -> str:
    file = Path(path)
    return file.read_text("utf-8") if file.exists() else ""


def publish(section: str, text: str, page: Path = README) -> None:
    """Print a section, and put it between its markers in a page.

    Args:
        section: The name in the markers ``<!-- name -->`` and ``<!-- end of name -->``.
        text: Markdown.
        page: The page; benchmarks/README.md by default.
    """
    print(text)
    start, end = f"<!-- {section} -->", f"<!-- end of {section} -->"
    between = re.compile(f"{re.escape(start)}.*?{re.escape(end)}", re.DOTALL)
    new = f"{start}\n{text}\n{end}"
    page.write_text(between.sub(lambda _: new, page.read_text("utf-8")), "utf-8")
