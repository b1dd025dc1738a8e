"""What a title may claim: which scenario is lowest or highest, against whom, how surely.

Only differences from the baseline are paired in comparison.csv, so the claim is kept to them: the
scenario with the lowest (highest) mean of the last year is named with the probability that it is
lower (higher) than the baseline. Where the baseline itself comes first, the probability is that
of standing before the next scenario. Below 0.9 the two are said not to be distinguishable. Other
roadmaps are not held against the first one by a probability; those whose estimate interval of the
difference from the baseline overlaps its own are named beside it.
"""

from dataclasses import dataclass
from math import floor, isfinite

from pricing.base.words import words
from pricing.charts._data import Measure, Tables
from pricing.charts._units import number, written

DISTINGUISHED = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The scenario at one end of a measure in the last year, and the one it is held against.

    `probability` is that of standing beyond the other, none where there is nothing to compare with;
    `overlapping` are the roadmaps whose estimate interval overlaps that of the first.
    """

    scenario: str
    value: float
    other: str
    probability: float | None
    is_lowest: bool
    overlapping: tuple[str, ...] = ()

    @property
    def is_distinguished(self) -> bool:
        """Whether the probability carries the claim."""
        return self.probability is not None and self.probability >= DISTINGUISHED


def lowest(tables: Tables, measure: Measure) -> Finding:
    """The scenario with the least mean of a measure in the last year."""
    return _end(tables, measure, is_lowest=True)


def highest(tables: Tables, measure: Measure) -> Finding:
    """The scenario with the largest mean of a measure in the last year."""
    return _end(tables, measure, is_lowest=False)


def highest_title(tables: Tables, language: str, measure: Measure, key: str) -> str:
    """A title that names the scenario with the largest mean of a measure, by a key of the words."""
    high = highest(tables, measure)
    fields = {
        "year": f"{tables.years[-1]:.0f}",
        "high": name_of(tables, high.scenario, language),
        "value": written(high.value, tables.summary.units[measure], language),
        "certainty": certainty(tables, high, language),
    }
    return words(language).text(key, fields)


def _end(tables: Tables, measure: Measure, *, is_lowest: bool) -> Finding:
    sign = 1.0 if is_lowest else -1.0
    options = [name for name in tables.scenarios if name not in tables.references]
    known = [name for name in options if tables.summary.has(name, measure)]
    means = {name: tables.summary.last(name, measure, "mean") for name in known}
    order = sorted(means, key=lambda name: sign * means[name])
    first = order[0]
    is_baseline = first == tables.baseline
    other = next(iter(order[1:]), first) if is_baseline else tables.baseline
    compared = other if is_baseline else first
    lower = probability_lower(tables, compared, measure)
    if lower is not None and is_baseline == is_lowest:
        lower = 1.0 - lower
    return Finding(
        scenario=first,
        value=means[first],
        other=other,
        probability=lower,
        is_lowest=is_lowest,
        overlapping=_overlapping(tables, first, measure),
    )


def _overlapping(tables: Tables, first: str, measure: Measure) -> tuple[str, ...]:
    """Other roadmaps whose estimate interval of the difference overlaps that of the first."""
    table = tables.comparison
    options = [name for name in tables.roadmaps if name not in tables.references]
    held = [name for name in options if table.has(name, measure)]
    if first not in held:
        return ()
    low, high = (table.last(first, measure, f"estimate_{end}") for end in ("low", "high"))
    return tuple(
        name
        for name in held
        if name != first
        and table.last(name, measure, "estimate_low") <= high
        and table.last(name, measure, "estimate_high") >= low
    )


def probability_lower(tables: Tables, scenario: str, measure: Measure) -> float | None:
    """Probability that a scenario lies below the baseline in the last year."""
    if scenario == tables.baseline or not tables.comparison.has(scenario, measure):
        return None
    return tables.comparison.last(scenario, measure, "probability_lower")


def name_of(tables: Tables, scenario: str, language: str) -> str:
    """A scenario by the title that its file gives in the language, else by the file's stem."""
    return tables.titles.get(scenario, {}).get(language) or scenario


def probability(value: float, language: str) -> str:
    """A probability in words, rounded down so that 32 of 33 never reads as more than it is."""
    return number(floor(100 * value + 1e-9) / 100, language, 2)


def certainty(tables: Tables, finding: Finding, language: str) -> str:
    """How surely a finding stands, in words: the probability, or that nothing can be told apart."""
    if finding.probability is None or not isfinite(finding.probability):
        return words(language).text("charts.certainty.alone")
    end = "lower" if finding.is_lowest else "higher"
    key = f"charts.certainty.{end if finding.is_distinguished else 'not_distinguished'}"
    fields = {
        "other": name_of(tables, finding.other, language),
        "probability": probability(finding.probability, language),
        "end": words(language).text(f"charts.certainty.word_{end}"),
    }
    text = words(language).text(key, fields)
    if not finding.overlapping:
        return text
    names = ", ".join(f"“{name_of(tables, name, language)}”" for name in finding.overlapping)
    return f"{text}; {words(language).text('charts.certainty.overlap', {'names': names})}"
