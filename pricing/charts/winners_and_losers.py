"""Who gains and who loses: users' surplus against the baseline, by kind of place and fifth."""

from operator import itemgetter

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from pricing.base.arrays import Array
from pricing.base.words import words
from pricing.charts._chart import chart
from pricing.charts._data import Measure, Tables
from pricing.charts._findings import name_of
from pricing.charts._intervals import BANDS, draw_intervals, interval_legend
from pricing.charts._panels import panels
from pricing.charts._sheet import Heading, sheet
from pricing.charts._style import DOT, INK, POOREST
from pricing.charts._units import capital, number_axis, scale_of, written

INDICATOR, DIMENSION = "user_surplus_per_resident", "place_kind*quintile"
QUINTILES = ("1", "2", "3", "4", "5")
POSITIONS = np.arange(1.0, 6.0)
TALL, ROW = 4.4, 2.7  # cm


def measure(place_kind: str, quintile: str) -> Measure:
    """Users' surplus per resident of one cell."""
    return Measure(indicator=INDICATOR, dimension=DIMENSION, key=f"{place_kind}*{quintile}")


@chart("winners_and_losers", needs=Measure(indicator=INDICATOR))
def draw(tables: Tables, language: str) -> Figure:
    """Difference of users' surplus per resident in the last year; a panel a roadmap and place."""
    word = words(language)
    kinds = drawn_kinds(tables)
    heading = Heading(
        title=title(tables, language),
        subtitle=word.text(
            "charts.winners.subtitle",
            {
                "year": f"{tables.years[-1]:.0f}",
                "baseline": name_of(tables, tables.baseline, language),
            },
        ),
        legend=(
            (
                (POOREST.key(), capital(word.label("quintile", "1"))),
                (DOT.key(), word.text("charts.use.others")),
                *interval_legend(language),
            ),
        ),
        notes=(word.text("charts.bands"), word.text("charts.winners.note")),
    )
    page = sheet(tables, language, heading, TALL + ROW * len(kinds))
    unit = tables.summary.units[measure(kinds[0], "1")]
    ends = np.array(
        [differences(tables, name, kind, "p95") for kind in kinds for name in tables.roadmaps]
    )
    scale = scale_of(unit, ends, language)
    names = [name_of(tables, scenario, language) for scenario in tables.roadmaps]
    titles = [f"{capital(word.label('place_kind', kind))} ({scale.word})" for kind in kinds]
    rows = panels(page, names, titles, word.text("charts.quintile.axis"))
    for kind, row in zip(kinds, rows, strict=True):
        for scenario, axes in zip(tables.roadmaps, row, strict=True):
            panel(axes, tables, scenario, kind)
            axes.tick_params(axis="x", labelbottom=row is rows[-1])
        number_axis(row[0].yaxis, scale, language, steps=4)
    _share_limits([axes for row in rows for axes in row])
    return page.figure


def drawn_kinds(tables: Tables) -> tuple[str, ...]:
    """Kinds of place that the run tells apart, in the order of the table."""
    keys = tables.summary.keys(INDICATOR, DIMENSION)
    return tuple(dict.fromkeys(key.split("*")[0] for key in keys))


def differences(tables: Tables, scenario: str, kind: str, column: str) -> Array:
    """A column of comparison.csv in the last year, VND per resident, (quintile,)."""
    return np.array(
        [tables.comparison.last(scenario, measure(kind, key), column) for key in QUINTILES]
    )


def panel(axes: Axes, tables: Tables, scenario: str, kind: str) -> None:
    """Five dots with intervals around the line of no change."""
    axes.axhline(0.0, color=INK, linewidth=0.6)
    draw_intervals(
        axes, POSITIONS, {name: differences(tables, scenario, kind, name) for name in BANDS}
    )
    middle = differences(tables, scenario, kind, "difference")
    DOT.plot(axes, POSITIONS, middle, "difference")
    POOREST.plot(axes, POSITIONS[:1], middle[:1], "poorest")
    axes.set_xticks(POSITIONS, QUINTILES)
    axes.set_xlim(0.4, 5.6)


def _share_limits(panels_drawn: list[Axes]) -> None:
    """One y axis for all, so that gains and losses of places and roadmaps compare."""
    ends = np.array([axes.get_ylim() for axes in panels_drawn])
    for axes in panels_drawn:
        axes.set_ylim(ends[:, 0].min(), ends[:, 1].max())


def title(tables: Tables, language: str) -> str:
    """Which cell loses most under which roadmap, and which gains most or loses least."""
    word = words(language)
    cells = [
        (float(differences(tables, scenario, kind, "difference")[place]), scenario, kind, key)
        for scenario in tables.roadmaps
        if scenario not in tables.references
        for kind in drawn_kinds(tables)
        for place, key in enumerate(QUINTILES)
    ]
    unit = tables.summary.units[measure(cells[0][2], "1")]
    told: dict[str, str] = {}
    for end, found in (
        ("low", min(cells, key=itemgetter(0))),
        ("high", max(cells, key=itemgetter(0))),
    ):
        value, scenario, kind, key = found
        told |= {
            f"{end}_who": capital(word.label("quintile", key)),
            f"{end}_where": word.label("place_kind", kind),
            f"{end}_value": written(value, unit, language),
            f"{end}_scenario": name_of(tables, scenario, language),
        }
    told["year"] = f"{tables.years[-1]:.0f}"
    return word.text("charts.winners.title", told)
