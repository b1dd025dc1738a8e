"""Fans of openings, closures, declined reviews and revenue forgone are the rows of the tables."""

import pytest

from pricing.charts import entries as chart
from tests.charts.artists import line


@pytest.mark.parametrize("row", range(len(chart.ROWS)))
def test_lines_equal_the_summary(figures, tables, cells, row):
    measure = chart.ROWS[row]
    for place, scenario in enumerate(tables.scenarios):
        axes = figures["entries", "en"].axes[row * len(tables.scenarios) + place]
        _, drawn = line(axes, "mean")
        assert drawn == pytest.approx(
            cells("mean", "summary", scenario, measure.indicator, "all", "")
        )
