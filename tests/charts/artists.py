"""What was drawn: data and words taken back from the artists of a figure."""

from collections.abc import Iterator
from itertools import combinations
from typing import TypeAlias

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import Collection
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from pricing.charts._fans import FanRow

Printed: TypeAlias = list[tuple[str, Bbox]]


def line(axes: Axes, label: str) -> tuple[list[float], list[float]]:
    """x and y of the line with a label."""
    (found,) = [item for item in axes.lines if item.get_label() == label]
    x, y = found.get_data()
    return np.asarray(x).tolist(), np.asarray(y).tolist()


def collection(axes: Axes, label: str) -> Collection:
    """The collection with a label."""
    (found,) = [item for item in axes.collections if item.get_label() == label]
    return found


def band(axes: Axes, label: str) -> tuple[list[float], list[float]]:
    """Lower and upper edge of a filled band over the years, left to right."""
    corners = np.asarray(collection(axes, label).get_paths()[0].vertices)
    count = (len(corners) - 3) // 2
    return corners[1 : count + 1, 1].tolist(), corners[count + 2 : -1, 1][::-1].tolist()


def uprights(axes: Axes, label: str) -> tuple[list[float], list[float]]:
    """Lower and upper ends of the vertical intervals, left to right."""
    paths = collection(axes, label).get_paths()
    ends = np.array([np.asarray(path.vertices)[:, 1] for path in paths])
    return ends[:, 0].tolist(), ends[:, 1].tolist()


def bars(axes: Axes, label: str) -> list[float]:
    """Lengths of the bars with a label; of stacked ones to the last digits but one.

    A stacked bar is kept by its two ends, so its length is a difference of sums.
    """
    (found,) = [item for item in axes.containers if item.get_label() == label]
    assert isinstance(found, BarContainer)
    upright = found.orientation == "vertical"
    return [bar.get_height() if upright else bar.get_width() for bar in found.patches]


def texts(figure: Figure) -> list[Text]:
    """Every text that can be read on a figure, drawn as finely as it is printed."""
    figure.set_dpi(300)
    FigureCanvasAgg(figure).draw()
    found = [*figure.texts, *(text for legend in figure.legends for text in legend.get_texts())]
    for axes in figure.axes:
        found += axes.texts
        if axes.axison:
            found += [axes.xaxis.label, axes.yaxis.label, *_tick_labels(axes)]
    return [item for item in found if item.get_text().strip() and item.get_visible()]


def _tick_labels(axes: Axes) -> Iterator[Text]:
    """Labels of the ticks that lie within the limits; the others are not drawn."""
    for axis, limits in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, axes.get_ylim())):
        for tick in axis.get_major_ticks():
            if min(limits) <= tick.get_loc() <= max(limits):
                yield tick.label1


def printed(figure: Figure) -> Printed:
    """Every readable text with the box it fills, in pixels."""
    return [(item.get_text(), item.get_window_extent()) for item in texts(figure)]


def overlaps(page: Printed, tolerance: float) -> list[tuple[str, str]]:
    """Pairs of texts that cover each other by more than a tolerance in pixels, both ways."""
    found = []
    for (one, left), (other, right) in combinations(page, 2):
        across = min(left.x1, right.x1) - max(left.x0, right.x0)
        upright = min(left.y1, right.y1) - max(left.y0, right.y0)
        if across > tolerance and upright > tolerance:
            found.append((one, other))
    return found


def check_fans(figure: Figure, rows: tuple[FanRow, ...], tables, cells) -> None:
    """Hold every fan of a figure against the CSV that it comes from."""
    for place, row in enumerate(rows):
        for count, scenario in enumerate(tables.scenarios):
            axes = figure.axes[place * len(tables.scenarios) + count]
            address = row.measure.indicator, row.measure.dimension, row.measure.key
            if row.is_difference and scenario == tables.baseline:
                assert line(axes, "baseline")[1] == [0.0] * 10
                continue
            table = "comparison" if row.is_difference else "summary"
            x, middle = line(axes, row.middle)
            assert x == cells("year", table, scenario, *address)
            assert middle == cells(row.middle, table, scenario, *address)
            shown = [("estimate_interval", ("estimate_low", "estimate_high"))]
            if not row.is_flag:
                shown.append(("parameter_band", ("p05", "p95")))
            for label, ends in shown:
                expected = tuple(cells(end, table, scenario, *address) for end in ends)
                if row.is_flag:
                    expected = tuple([min(max(y, 0.0), 1.0) for y in end] for end in expected)
                assert band(axes, label) == expected
            if not row.is_difference and scenario != tables.baseline:
                expected_mean = cells("mean", "summary", tables.baseline, *address)
                assert line(axes, "baseline")[1] == expected_mean
