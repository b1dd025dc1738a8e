"""Intervals drawn upright: the parameter band thin, the estimate interval thick, the mean a dot."""

from collections.abc import Mapping

from matplotlib.artist import Artist
from matplotlib.axes import Axes

from pricing.base.arrays import Array
from pricing.base.words import words
from pricing.charts._style import BLUE, GREY, Look

BANDS = ("p05", "p95", "estimate_low", "estimate_high")
THIN = Look(colour=GREY, width=0.7)
THICK = Look(colour=BLUE, width=3.6)


def draw_intervals(axes: Axes, at: Array, ends: Mapping[str, Array]) -> None:
    """Both intervals at places on the x axis; `ends` holds the columns of `BANDS`."""
    axes.vlines(
        at,
        ends["p05"],
        ends["p95"],
        color=THIN.colour,
        linewidth=THIN.width,
        label="parameter_band",
    )
    axes.vlines(
        at,
        ends["estimate_low"],
        ends["estimate_high"],
        color=THICK.colour,
        linewidth=THICK.width,
        label="estimate_interval",
    )


def interval_legend(language: str) -> tuple[tuple[Artist, str], ...]:
    """What the two lines mean."""
    word = words(language)
    return (
        (
            THICK.key(),
            word.text("charts.estimate_interval"),
        ),
        (THIN.key(), word.text("charts.parameter_band")),
    )
