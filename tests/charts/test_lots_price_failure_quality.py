"""Dots and intervals of the ways of buying are the numbers of the summary in the last year."""

from dataclasses import replace

import numpy as np

from pricing.charts import lots_price_failure_quality as chart
from tests.charts.artists import line, uprights

KIND = "lots_price_failure_quality"


def last(cells, tables, column, measure):
    address = measure.indicator, measure.dimension, measure.key
    return [cells(column, "summary", name, *address)[-1] for name in tables.scenarios]


def test_dots_and_intervals_equal_the_summary(figures, tables, cells):
    for axes, measure in zip(figures[KIND, "vi"].axes, chart.MEASURES, strict=True):
        places = [place + 0.5 for place in range(len(tables.scenarios))]
        assert line(axes, "mean") == (places, last(cells, tables, "mean", measure))
        for label, ends in (
            ("parameter_band", ("p05", "p95")),
            ("estimate_interval", ("estimate_low", "estimate_high")),
        ):
            expected = tuple(last(cells, tables, end, measure) for end in ends)
            assert uprights(axes, label) == expected
        base = last(cells, tables, "mean", measure)[0]
        assert line(axes, "baseline") == ([0.0, 6.0], [base, base])


def test_a_scenario_that_has_no_number_is_left_out(tables):
    rare = chart.MEASURES[0]
    index = {at: rows for at, rows in tables.summary.index.items() if at != ("base", rare)}
    fewer = replace(tables, summary=replace(tables.summary, index=index))
    means = chart.levels(fewer, rare, "mean")
    assert np.isnan(means[0])
    assert np.isfinite(means[1:]).all()
    early = {at: rows[:3] if at == ("base", rare) else rows for at, rows in index.items()}
    early["base", rare] = tables.summary.index["base", rare][:3]
    stopped = replace(tables, summary=replace(tables.summary, index=early))
    assert np.isnan(chart.levels(stopped, rare, "mean")[0])
    chart.draw(fewer, "vi").canvas.draw()


def test_title_names_the_lowest_award_and_the_highest_quality(tables, cells):
    title = chart.title(tables, "en")
    for measure, end in ((chart.PRICE, min), (chart.QUALITY, max)):
        values = dict(zip(tables.scenarios, last(cells, tables, "mean", measure), strict=True))
        found = end(values, key=lambda name: values[name])
        assert f"under “{tables.titles[found]['en']}”: {100 * values[found]:.1f} %" in title
