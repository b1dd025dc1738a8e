"""Intervals drawn upright: the parameter band thin, the estimate interval thick, the mean a dot."""

from collections.abc import Mapping

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from pricing.base.arrays import Array
from pricing.base.words import words
from pricing.charts._style import BLUE, GREY, INK

BANDS = ("p05", "p95", "estimate_low", "estimate_high")
THIN, THICK = 0.7, 3.6  # points
DOT = {"color": INK, "marker": "o", "markersize": 1.9, "linestyle": "", "zorder": 3}


def draw_intervals(axes: Axes, at: Array, ends: Mapping[str, Array]) -> None:
    """Both intervals at places on the x axis; `ends` holds the columns of `BANDS`."""
    axes.vlines(at, ends["p05"], ends["p95"], color=GREY, linewidth=THIN, label="parameter_band")
    axes.vlines(
        at,
        ends["estimate_low"],
        ends["estimate_high"],
        color=BLUE,
        linewidth=THICK,
        label="estimate_interval",
    )


def interval_legend(language: str) -> tuple[tuple[Artist, str], ...]:
    """What the two lines mean."""
    word = words(language)
    return (
        (
            Line2D([], [], color=BLUE, linewidth=THICK, solid_capstyle="butt"),
            word.text("charts.estimate_interval"),
        ),
        (Line2D([], [], color=GREY, linewidth=THIN), word.text("charts.parameter_band")),
    )
