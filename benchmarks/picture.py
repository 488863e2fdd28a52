"""The picture of what talk.py measured."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from results import STOCK, Case, Results

FIRST, OURS, STOCK_FLASK, OTHERS = "#1f7a5c", "#8cc5ad", "#4a5568", "#c3cad5"
STYLE = {
    "svg.fonttype": "none",  # text stays text, and the picture small
    "svg.hashsalt": "talk",  # the same figures, the same bytes
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9,
}


def draw(
    results: Results,
    servers: Sequence[str],
    urls: Sequence[str],
    load: str,
    ours: Sequence[str],
    file: Path,
) -> None:
    """Draw requests a second as bars: a row a server, a column a URL.

    Args:
        results: What was measured.
        servers: The rows.
        urls: The columns.
        load: Under which load.
        ours: The contenders that get our colours, the one that it is about first.
        file: Where the SVG goes.
    """
    heights = [len(results.names(server)) for server in servers]
    with plt.rc_context(STYLE):
        figure, axes = plt.subplots(
            len(servers),
            len(urls),
            figsize=(11, 0.27 * sum(heights) + 0.75 * len(servers)),
            height_ratios=heights,
            layout="constrained",
            squeeze=False,
        )
        for server, row in zip(servers, axes, strict=True):
            for url, place in zip(urls, row, strict=True):
                _bars(place, results, Case(server, url, load), ours)
                place.set_title(f"{server}, {url}", loc="left", fontsize=10, fontweight="bold")
            for place in row[1:]:
                place.set_yticklabels([])
        figure.get_layout_engine().set(h_pad=0.12)
        title = f"Requests a second; in brackets, times stock Flask ({load})"
        figure.suptitle(title, x=0.01, ha="left", fontsize=11)
        figure.savefig(file, metadata={"Date": None})
        plt.close(figure)


def _bars(place: Axes, results: Results, case: Case, ours: Sequence[str]) -> None:
    """Draw one case, the first contender at the top."""
    names = results.names(case.server)
    rates = [results.rate(case, name) for name in names]
    bars = place.barh(names, rates, color=[_colour(name, ours) for name in names], height=0.75)
    words = [
        f"{rate:,.0f}  ({results.times_stock(case, name):.1f})"
        for name, rate in zip(names, rates, strict=True)
    ]
    place.bar_label(bars, words, padding=4, color="#2d3748", fontsize=8)
    place.invert_yaxis()
    place.set_xlim(0, max(rates) * 1.45)  # room for the figures
    place.set_xticks([])
    place.tick_params(axis="y", length=0)
    place.spines[["top", "right", "bottom"]].set_visible(False)
    place.spines["left"].set_color(OTHERS)


def _colour(name: str, ours: Sequence[str]) -> str:
    if name == ours[0]:
        return FIRST
    if name in ours:
        return OURS
    return STOCK_FLASK if name == STOCK else OTHERS
