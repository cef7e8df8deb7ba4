"""Curves as pictures, the same bytes for the same figures.

They are drawn beside the build, and only a whole run puts them into the documents (`publish`), where they then show the
same run as the tables around them.
"""

import math
import shutil
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

from tools.paths import BUILD, ROOT

DRAWN = BUILD / "benchmarks"
DOCUMENTS = ROOT / "docs"
_FOLDER = "pictures/benchmarks"

_INK, _FAINT, _FAINTEST = "#1f2933", "#7b8794", "#e4e7eb"
# Told apart by people who see no red or no green, and in print by their marks.
_LOOKS = (("#0072b2", "o"), ("#d55e00", "s"), ("#009e73", "^"), ("#8a4f7d", "D"))
_STYLE: dict[Any, Any] = {
    "svg.hashsalt": "quiz-platform",
    # Text stays text: it can be found, and is small.
    "svg.fonttype": "none",
    # The one that matplotlib brings along, so that a picture is the same on every machine.
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 11,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "axes.edgecolor": _FAINT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": _FAINTEST,
    "xtick.color": _INK,
    "ytick.color": _INK,
    # As the diagrams beside them, which are looked at on dark pages too.
    "figure.facecolor": "white",
    "axes.facecolor": "white",
}


class Line(NamedTuple):
    """One curve; `is_reference` is what the others are compared with."""

    name: str
    points: Mapping[int, float]
    is_reference: bool = False


class Scales(NamedTuple):
    """What the two axes tell."""

    across: str
    up: str


def draw(name: str, title: str, axes: Scales, lines: Sequence[Line]) -> str:
    """Draw curves over logarithmic axes; returns where the documents have the picture once it is published."""
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(7.6, 4.4), layout=ConstrainedLayoutEngine(w_pad=0.12, h_pad=0.12))
        plot = figure.subplots()
        looks = iter(_LOOKS)
        for line in lines:
            _line(plot, line, (_FAINT, "") if line.is_reference else next(looks))
        _axes(plot, axes, lines)
        figure.suptitle(title, x=0.012, ha="left", fontsize=13, fontweight="bold")
        plot.legend(loc="lower left", bbox_to_anchor=(-0.01, 1), ncols=len(lines), columnspacing=1.4, frameon=False)
        DRAWN.mkdir(parents=True, exist_ok=True)
        figure.savefig(DRAWN / f"{name}.svg", format="svg", metadata={"Date": None, "Creator": None})
    return f"{_FOLDER}/{name}.svg"


def publish(pictures: Iterable[str]) -> None:
    """Put pictures that were drawn where the documents show them."""
    for picture in pictures:
        target = DOCUMENTS / picture
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(DRAWN / target.name, target)


def _line(plot: Axes, line: Line, look: tuple[str, str]) -> None:
    colour, marker = look
    plot.plot(
        list(line.points),
        list(line.points.values()),
        label=line.name,
        color=colour,
        marker=marker,
        linestyle="--" if line.is_reference else "-",
        linewidth=1.4 if line.is_reference else 2,
        markersize=6,
    )


def _axes(plot: Axes, axes: Scales, lines: Sequence[Line]) -> None:
    plot.set_xscale("log")
    plot.set_yscale("log")
    plot.set_xlabel(axes.across)
    plot.set_ylabel(axes.up)
    plot.set_xticks(sorted({size for line in lines for size in line.points}))
    _whole_decades(plot, lines)
    plot.yaxis.set_major_locator(LogLocator())
    plot.grid(visible=True, axis="y")
    for axis in (plot.xaxis, plot.yaxis):
        _plain_numbers(axis)


def _plain_numbers(axis: Axis) -> None:
    axis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.0f}" if value >= 1 else f"{value:g}"))
    axis.set_minor_formatter(NullFormatter())
    axis.set_tick_params(which="minor", length=0)
    axis.set_tick_params(which="major", length=0)


def _whole_decades(plot: Axes, lines: Sequence[Line]) -> None:
    """At least two of them, so that what hardly changes looks like it."""
    values = [value for line in lines for value in line.points.values()]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    plot.set_ylim(10.0**low, 10.0 ** max(high, low + 2))
