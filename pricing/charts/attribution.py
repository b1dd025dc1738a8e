"""What each step of a chain of scenarios adds: from the first level to the last, step by step."""

from dataclasses import replace
from math import isfinite

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from pricing.base.arrays import Array
from pricing.base.words import words
from pricing.charts._chart import chart
from pricing.charts._data import ChainTable, Measure, Tables
from pricing.charts._fans import measure_name
from pricing.charts._findings import DISTINGUISHED, name_of, probability
from pricing.charts._intervals import BANDS, draw_intervals, interval_legend
from pricing.charts._panels import LEFT, column_headers, name_rows
from pricing.charts._sheet import Heading, sheet
from pricing.charts._style import GREY, INK, SKY, Look
from pricing.charts._units import Scale, digits_of, number, number_axis, scale_of, signed

TOTAL = "total"
PANELS = 8  # that fit a page; of more, those whose total is largest
FRAME, ROW, TITLE = 5.4, 2.75, 0.66  # cm
LEVEL = Look(colour=INK, width=1.8)
BELOW, ABOVE = 0.1, 0.25  # room beside what is drawn, in its height; figures stand above it
WIDE = 0.28  # half of a level's mark and of a step's bar, in columns


def parts(tables: Tables) -> dict[str, Tables]:
    """A figure for each chain that has a number in the last year."""
    return {
        one.chain.name: replace(tables, chains=(one,))
        for one in tables.chains
        if measures(tables, one)
    }


@chart("attribution", parts=parts)
def draw(tables: Tables, language: str) -> Figure:
    """The only chain of the tables in the last year; a row a measure, a column a step."""
    word = words(language)
    [one] = tables.chains
    known = measures(tables, one)
    shown = largest(one, known)
    first, last = (name_of(tables, one.chain.scenarios[end], language) for end in (0, -1))
    notes = [word.text("charts.bands")]
    if len(shown) < len(known):
        fields = {"shown": len(shown), "all": len(known)}
        notes.append(word.text("charts.attribution.largest", fields))
    heading = Heading(
        title=title(tables, one, language),
        subtitle=word.text("charts.attribution.subtitle", {"first": first, "last": last}),
        legend=(
            (
                (LEVEL.key(), word.text("charts.mean")),
                (
                    Patch(facecolor=SKY, edgecolor=INK, linewidth=0.3),
                    word.text("charts.attribution.step"),
                ),
                *interval_legend(language),
            ),
        ),
        notes=notes,
    )
    page = sheet(tables, language, heading, FRAME + ROW * len(shown))
    top = column_headers(
        page, [first, *(f"+ {label[language]}" for label in one.chain.steps), last]
    )
    step = (top - page.bottom) / len(shown)
    box = page.margin + LEFT, page.width - 2 * page.margin - LEFT, step - TITLE - 0.1
    for place, measure in enumerate(shown):
        bottom = top - (place + 1) * step + 0.1
        axes = page.axes((box[0], bottom, *box[1:]))
        scale = scale_of(one.table.units[measure], levels(one, measure), language)
        waterfall(axes, one, measure)
        _numbers(axes, one, (measure, scale), language)
        number_axis(axes.yaxis, scale, language, steps=4)
        name_rows(axes, f"{measure_name(measure, language)} ({scale.word})", -LEFT, box[2])
    return page.figure


def measures(tables: Tables, one: ChainTable) -> tuple[Measure, ...]:
    """What the chain has a number of in the last year, in the order of its indicators."""
    return tuple(
        measure
        for measure in one.table.units
        if one.table.last(TOTAL, measure, "year") == float(tables.years[-1])
    )


def largest(one: ChainTable, known: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """As many measures as fit a page: of each indicator alike, those whose total is largest."""
    most = PANELS // len(one.chain.indicators)
    kept: list[Measure] = []
    for indicator in one.chain.indicators:
        own = [measure for measure in known if measure.indicator == indicator]
        own.sort(key=lambda measure: -abs(one.table.last(TOTAL, measure, "difference")))
        kept += own[:most]
    return tuple(measure for measure in known if measure in kept)


def steps(one: ChainTable) -> tuple[str, ...]:
    """The steps of a chain as the table names them, the total left out."""
    return tuple(str(place + 1) for place in range(len(one.chain.steps)))


def column(one: ChainTable, measure: Measure, name: str) -> Array:
    """A column of the last year for each step and the total; (step + 1,)."""
    return np.array([one.table.last(step, measure, name) for step in (*steps(one), TOTAL)])


def levels(one: ChainTable, measure: Measure) -> Array:
    """Mean of each scenario of the chain in the last year; (scenario,)."""
    return np.array(
        [
            one.table.last(TOTAL, measure, "from_mean"),
            *(one.table.last(step, measure, "to_mean") for step in steps(one)),
        ]
    )


def bases(one: ChainTable, measure: Measure) -> Array:
    """The level from which each step departs, and the total; (step + 1,)."""
    return column(one, measure, "from_mean")


def waterfall(axes: Axes, one: ChainTable, measure: Measure) -> None:
    """Both levels at the ends, a bar a step between them, intervals where a step arrives."""
    count = len(one.chain.steps)
    level, base = levels(one, measure), bases(one, measure)
    at = np.arange(0.5, count + 2)
    axes.hlines(
        level,
        at[:-1] + WIDE,
        at[1:] - WIDE,
        color=GREY,
        linewidth=0.5,
        label="running",
    )
    axes.bar(
        at[1:-1],
        column(one, measure, "difference")[:-1],
        bottom=base[:-1],
        width=2 * WIDE,
        color=SKY,
        edgecolor=INK,
        linewidth=0.3,
        label="step",
    )
    draw_intervals(axes, at[1:], {name: base + column(one, measure, name) for name in BANDS})
    axes.hlines(
        level[[0, -1]],
        at[[0, -1]] - WIDE,
        at[[0, -1]] + WIDE,
        color=LEVEL.colour,
        linewidth=LEVEL.width,
        label="level",
    )
    axes.set_xlim(0.0, count + 2.0)
    axes.set_xticks([])
    ends = reach(one, measure)
    low, high = float(np.nanmin(ends)), float(np.nanmax(ends))
    room = (high - low) or abs(high) or 1.0
    axes.set_ylim(low - BELOW * room, high + ABOVE * room)


def reach(one: ChainTable, measure: Measure) -> Array:
    """Every level that a step or the total touches, intervals too; (what, step + 1)."""
    base = bases(one, measure)
    moved = (base + column(one, measure, name) for name in ("difference", *BANDS))
    return np.array([base, *moved])


def _numbers(axes: Axes, one: ChainTable, drawn: tuple[Measure, Scale], language: str) -> None:
    """Levels, steps and the total in figures, each above what it names."""
    measure, scale = drawn
    level, moves = levels(one, measure), column(one, measure, "difference")
    digits = digits_for(moves, scale)
    texts = [signed(move / scale.factor, language, digits) for move in moves]
    first, last = (number(level[end] / scale.factor, language, digits) for end in (0, -1))
    texts = [first, *texts[:-1], f"{last} ({texts[-1]})"]
    for place, (text, top) in enumerate(
        zip(texts, [level[0], *np.nanmax(reach(one, measure), axis=0)], strict=True)
    ):
        axes.annotate(
            text,
            (place + 0.5, top),
            xytext=(0.0, 1.5),
            textcoords="offset points",
            fontsize=6.2,
            ha="center",
            va="bottom",
        )


def digits_for(moves: Array, scale: Scale) -> int:
    """Decimals that tell the steps apart, four at most."""
    return min(4, digits_of(float(np.abs(moves).max()) / scale.factor / 10))


def title(tables: Tables, one: ChainTable, language: str) -> str:
    """How far the chain takes its first measure in the last year, and by which step most."""
    word = words(language)
    measure = largest(one, measures(tables, one))[0]
    moves = column(one, measure, "difference")
    scale = scale_of(one.table.units[measure], moves, language)
    unit = word.text("reports.headline.points") if scale.word == "%" else scale.word

    def said(move: float) -> str:
        return f"{signed(move / scale.factor, language, digits_for(moves, scale))} {unit}"

    most = int(np.argmax(np.abs(moves[:-1])))
    fields = {
        "title": one.chain.title[language],
        "measure": measure_name(measure, language),
        "year": f"{tables.years[-1]:.0f}",
        "total": said(float(moves[-1])),
        "step": one.chain.steps[most][language],
        "value": said(float(moves[most])),
        "certainty": _certainty(column(one, measure, "probability_lower")[most], language),
    }
    return word.text("charts.attribution.title", fields)


def _certainty(lower: float, language: str) -> str:
    """How surely a step lowers or raises, or that its sign cannot be told."""
    surer = max(lower, 1.0 - lower)
    end = "lower" if lower > 0.5 else "higher"
    key = end if isfinite(surer) and surer >= DISTINGUISHED else f"unclear_{end}"
    fields = {"probability": probability(surer, language)}
    return words(language).text(f"charts.attribution.{key}", fields)
