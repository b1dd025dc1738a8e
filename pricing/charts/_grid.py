"""The table of the summary page: levels of the baseline, differences of the roadmaps."""

from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes

from pricing.base.words import words
from pricing.charts._data import Measure, Tables
from pricing.charts._fans import measure_name
from pricing.charts._findings import DISTINGUISHED, name_of, probability_lower
from pricing.charts._sheet import Sheet
from pricing.charts._style import GREY, INK, PALE, wrapped
from pricing.charts._units import Scale, digits_of, number, scale_of, signed

MEASURES = (
    Measure(indicator="outlay"),
    Measure(indicator="net_public_cost"),
    Measure(indicator="fund_net_position"),
    Measure(indicator="out_of_pocket"),
    Measure(indicator="out_of_pocket", dimension="quintile", key="1"),
    Measure(indicator="payer_share", dimension="payer", key="household"),
)
NAMES, LINE, HEAD, SIZE = 3.3, 0.82, 1.75, 7.0  # cm, cm, cm, points


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One measure of the table: its scale, and the decimals that its differences need."""

    measure: Measure
    scale: Scale
    digits: int


def drawn_measures(tables: Tables) -> tuple[Measure, ...]:
    """The measures of the table that the run has."""
    return tuple(item for item in MEASURES if tables.summary.has(tables.baseline, item))


def grid_height(tables: Tables) -> float:
    """Height of the table; cm."""
    return HEAD + LINE * len(tables.scenarios)


def draw_grid(page: Sheet, tables: Tables, language: str) -> None:
    """Fill the foot of a page with the table of the last year."""
    columns = [_column(tables, measure, language) for measure in drawn_measures(tables)]
    width, height = page.width - 2 * page.margin, grid_height(tables)
    axes = page.axes((page.margin, page.bottom, width, height))
    axes.set(xlim=(0.0, width), ylim=(0.0, height))
    axes.axis("off")
    step = (width - NAMES) / len(columns)
    _head(axes, tables, language, columns)
    for place, scenario in enumerate(tables.scenarios):
        at = height - HEAD - (place + 0.5) * LINE
        name = wrapped(name_of(tables, scenario, language), NAMES - 0.1, SIZE)
        axes.text(0.0, at, "\n".join(name), fontsize=SIZE, va="center", linespacing=1.1)
        for count, column in enumerate(columns):
            cell(
                axes, (NAMES + (count + 1) * step - 0.15, at), tables, (scenario, column, language)
            )
        axes.axhline(height - HEAD - (place + 1) * LINE, color=PALE, linewidth=0.5)


def _column(tables: Tables, measure: Measure, language: str) -> Column:
    unit = tables.summary.units[measure]
    level = np.array([tables.summary.last(tables.baseline, measure, "mean")])
    scale = scale_of(unit, level, language)
    moves = [
        abs(tables.comparison.last(name, measure, "difference")) / scale.factor
        for name in tables.roadmaps
        if tables.comparison.has(name, measure)
    ]
    largest = max(moves, default=1.0)
    return Column(measure=measure, scale=scale, digits=min(2, digits_of(largest / 10)))


def _head(axes: Axes, tables: Tables, language: str, columns: list[Column]) -> None:
    width, height = axes.get_xlim()[1], axes.get_ylim()[1]
    step = (width - NAMES) / len(columns)
    year = f"{tables.years[-1]:.0f}"
    title = words(language).text("charts.summary.table_title", {"year": year})
    axes.text(
        0.0,
        height,
        "\n".join(wrapped(title, NAMES - 0.25, SIZE)),
        fontsize=SIZE,
        va="top",
        style="italic",
        linespacing=1.15,
    )
    for count, column in enumerate(columns):
        name = f"{measure_name(column.measure, language)} ({column.scale.word})"
        axes.text(
            NAMES + (count + 1) * step - 0.15,
            height - HEAD + 0.12,
            "\n".join(wrapped(name, step - 0.3, 6.5, "bold")),
            fontsize=6.5,
            ha="right",
            va="bottom",
            weight="bold",
            linespacing=1.15,
        )
    axes.axhline(height - HEAD, color=INK, linewidth=0.8)
    axes.axhline(0.0, color=INK, linewidth=0.8)


def cell(
    axes: Axes, at: tuple[float, float], tables: Tables, content: tuple[str, Column, str]
) -> None:
    """A level, or a difference over its parameter band; bold where it is distinguishable."""
    scenario, column, language = content
    right, middle = at
    factor, digits = column.scale.factor, column.digits
    if scenario == tables.baseline:
        level = tables.summary.last(scenario, column.measure, "mean") / factor
        axes.text(
            right, middle, number(level, language, digits), fontsize=SIZE, ha="right", va="center"
        )
        return
    difference, low, high = (
        tables.comparison.last(scenario, column.measure, name) / factor
        for name in ("difference", "p05", "p95")
    )
    lower = probability_lower(tables, scenario, column.measure) or 0.0
    is_clear = max(lower, 1.0 - lower) >= DISTINGUISHED
    axes.text(
        right,
        middle + 0.02,
        signed(difference, language, digits),
        fontsize=SIZE,
        ha="right",
        va="bottom",
        weight="bold" if is_clear else "normal",
    )
    band = f"[{signed(low, language, digits)}; {signed(high, language, digits)}]"
    axes.text(right, middle - 0.02, band, fontsize=5.8, ha="right", va="top", color=GREY)
