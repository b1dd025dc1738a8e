"""Fans of non-public shares are the rows of the tables, for the services that a city has."""

import pytest

from pricing.charts import non_public_share as chart
from tests.charts.artists import line


def test_rows_are_those_of_services_that_are_there(tables):
    found = [row.measure for row in chart.rows(tables)]
    assert [(one.indicator, one.key) for one in found] == [
        ("non_public_capacity_share", "inpatient_stay"),
        ("non_public_share", "preschool"),
        ("non_public_payment_share", ""),
    ]


@pytest.mark.parametrize("row", range(3))
def test_lines_equal_the_summary(figures, tables, cells, row):
    measure = chart.rows(tables)[row].measure
    address = measure.indicator, measure.dimension, measure.key
    for place, scenario in enumerate(tables.scenarios):
        axes = figures["non_public_share", "en"].axes[row * len(tables.scenarios) + place]
        _, drawn = line(axes, "mean")
        assert drawn == pytest.approx(cells("mean", "summary", scenario, *address))
