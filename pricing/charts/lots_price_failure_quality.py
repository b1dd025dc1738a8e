"""Ways of buying side by side: price, failure and quality of lots, each with its intervals."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from pricing.base.arrays import Array
from pricing.base.words import words
from pricing.charts._chart import chart
from pricing.charts._data import Measure, Tables
from pricing.charts._fans import measure_name
from pricing.charts._findings import certainty, highest, lowest, name_of
from pricing.charts._intervals import BANDS, draw_intervals, interval_legend
from pricing.charts._panels import LEFT, column_headers, name_rows
from pricing.charts._sheet import Heading, sheet
from pricing.charts._style import BASELINE, DOT
from pricing.charts._units import number, number_axis, scale_of, written

PRICE = Measure(indicator="award_over_ceiling")
QUALITY = Measure(indicator="lot_quality")
MEASURES = (
    PRICE,
    Measure(indicator="lot_saving"),
    Measure(indicator="failed_lots"),
    Measure(indicator="defaulted_lots"),
    QUALITY,
)
FRAME, ROW, TITLE = 4.4, 2.35, 0.66  # cm


@chart("lots_price_failure_quality", needs=PRICE)
def draw(tables: Tables, language: str) -> Figure:
    """Levels of the last year, a row a measure and a column a scenario."""
    word = words(language)
    mean = (DOT.key(), word.text("charts.mean"))
    base = (BASELINE.key(), word.text("charts.baseline_mean"))
    heading = Heading(
        title=title(tables, language),
        subtitle=word.text("charts.lots_price.subtitle", {"year": f"{tables.years[-1]:.0f}"}),
        legend=((mean, *interval_legend(language), base),),
        notes=(word.text("charts.bands"), word.text("charts.lots_price.note")),
    )
    page = sheet(tables, language, heading, FRAME + ROW * len(MEASURES))
    top = column_headers(page, [name_of(tables, name, language) for name in tables.scenarios])
    step = (top - page.bottom) / len(MEASURES)
    width = page.width - 2 * page.margin - LEFT
    for place, measure in enumerate(MEASURES):
        bottom = top - (place + 1) * step + 0.1
        axes = page.axes((page.margin + LEFT, bottom, width, step - TITLE - 0.1))
        row(axes, tables, measure, language)
        name_rows(axes, row_title(tables, measure, language), -LEFT, step - TITLE - 0.1)
    return page.figure


def levels(tables: Tables, measure: Measure, column: str) -> Array:
    """A column of summary.csv in the last year, NaN where a scenario has none; (scenario,)."""
    return np.array(
        [
            tables.summary.last(name, measure, column)
            if is_known(tables, name, measure)
            else np.nan
            for name in tables.scenarios
        ]
    )


def is_known(tables: Tables, scenario: str, measure: Measure) -> bool:
    """Whether the measure of a scenario has a number in the last year."""
    if not tables.summary.has(scenario, measure):
        return False
    return tables.summary.last(scenario, measure, "year") == float(tables.years[-1])


def row(axes: Axes, tables: Tables, measure: Measure, language: str) -> None:
    """One measure: a dot with intervals for each scenario, its number beside it."""
    at = np.arange(0.5, len(tables.scenarios))
    draw_intervals(axes, at, {name: levels(tables, measure, name) for name in BANDS})
    means = levels(tables, measure, "mean")
    base = means[tables.scenarios.index(tables.baseline)]
    ends: Array = np.array([0.0, float(at.size)])
    BASELINE.plot(axes, ends, np.full(2, base), "baseline")
    DOT.plot(axes, at, means, "mean")
    scale = scale_of(tables.summary.units[measure], means, language)
    for place, level in zip(at, means, strict=True):
        if np.isfinite(level):
            text = number(level / scale.factor, language, 1)
            axes.text(place + 0.07, level, text, fontsize=6.2, va="bottom")
    axes.set_xlim(0.0, at.size)
    axes.set_xticks([])
    axes.margins(y=0.18)
    number_axis(axes.yaxis, scale, language, steps=4)


def row_title(tables: Tables, measure: Measure, language: str) -> str:
    """The measure and its unit."""
    unit = scale_of(tables.summary.units[measure], levels(tables, measure, "mean"), language).word
    fields = {"measure": measure_name(measure, language), "unit": unit}
    return words(language).text("charts.lots_price.row", fields)


def title(tables: Tables, language: str) -> str:
    """Where awards lie lowest against the ceiling, and where quality is highest, how surely."""
    low, high = lowest(tables, PRICE), highest(tables, QUALITY)
    fields = {
        "year": f"{tables.years[-1]:.0f}",
        "low": name_of(tables, low.scenario, language),
        "low_value": written(low.value, tables.summary.units[PRICE], language),
        "low_certainty": certainty(tables, low, language),
        "high": name_of(tables, high.scenario, language),
        "high_value": written(high.value, tables.summary.units[QUALITY], language),
        "high_certainty": certainty(tables, high, language),
    }
    return words(language).text("charts.lots_price.title", fields)
